(* The lifting phi = A o P (2.1), rank-one tensors (1.1), and identifiability through Ker A (4.1, 4.2).
   Any field, any number of layers, rectangular layers. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Lifting.
Variable F : fieldType.
Implicit Types (ls : seq (layer F)) (s : seq nat) (h g : point F) (i : seq nat) (T : seq nat -> F).

(* Tensors are functions of multi-indices i = [:: i_1; ...; i_K]; A_i = M_1(e_i1) ... M_K(e_iK). *)
Definition sizes ls : seq nat := map (@pars F) ls.
Fixpoint indices s : seq (seq nat) :=
  if s is n :: s' then [seq j :: i | j <- iota 0 n, i <- indices s'] else [:: [::]].
Fixpoint column ls i (a b : nat) : F :=
  match ls, i with
  | l :: ls', j :: i' => \sum_(c < cols l) coef l j a c * column ls' i' c b
  | _, _ => (a == b)%:R
  end.
Definition lifted ls T (a b : nat) : F := \sum_(i <- indices (sizes ls)) T i * column ls i a b.
Definition in_kernel ls T := forall a b, (a < height ls)%N -> (b < width ls)%N -> lifted ls T a b = 0.
Definition injective_lifting ls := forall T, in_kernel ls T -> forall i, i \in indices (sizes ls) -> T i = 0.
Definition identifiable_at ls h := forall g, same_product ls h g -> equivalent (sizes ls) h g.

Lemma sum_cons n s (f : seq nat -> F) :
  \sum_(i <- indices (n :: s)) f i = \sum_(j < n) \sum_(i <- indices s) f ((j : nat) :: i).
Proof.
rewrite /= big_flatten /= big_map -{1}(subn0 n) -/(index_iota 0 n) big_mkord.
by apply: eq_bigr => j _; rewrite big_map.
Qed.

Lemma mem_indices n s j i : (j :: i \in indices (n :: s)) = (j < n)%N && (i \in indices s).
Proof.
apply/flatten_mapP/andP => [[j' jin /mapP[i' iin [-> ->]]]|[jn iin]].
  by move: jin; rewrite mem_iota.
by exists j; [rewrite mem_iota | apply/mapP; exists i].
Qed.

Lemma indices_uniq s : uniq (indices s).
Proof.
elim: s => [|n s IH] //=; rewrite allpairs_uniq ?iota_uniq //.
by move=> [a b] [c d] _ _ /= [-> ->].
Qed.

Lemma indices_size s i : i \in indices s -> size i = size s.
Proof.
elim: s i => [|n s IH] i /=; first by rewrite inE => /eqP->.
by case/flatten_mapP=> j _ /mapP[i' iin ->] /=; rewrite (IH i').
Qed.

Lemma indices_nth s i k : i \in indices s -> (k < size s)%N -> (nth 0%N i k < nth 0%N s k)%N.
Proof.
elim: s i k => [|n s IH] [|j i] k //; first by move=> /indices_size.
by rewrite mem_indices => /andP[lt iin]; case: k => [|k] //; apply: IH.
Qed.

(* 2.1: phi = A o P. *)
Theorem lifting ls h a b : phi ls h a b = lifted ls (tensor h) a b.
Proof.
rewrite /lifted; elim: ls h a => [|l ls IH] h a; first by rewrite /= big_seq1 /= mul1r.
rewrite [sizes _]/= sum_cons /= /operator.
under eq_bigr do rewrite big_distrl /=.
rewrite exchange_big /=; apply: eq_bigr => j _.
under [RHS]eq_bigr do rewrite mulr_sumr.
rewrite exchange_big /=; apply: eq_bigr => c _.
rewrite IH mulr_sumr; apply: eq_bigr => i _.
by rewrite -!mulrA; congr (_ * _); rewrite mulrCA.
Qed.

(* The points e_i: their tensors are the basis, so A is the only linear map with phi = A o P. *)
Fixpoint basis i : point F := fun k j =>
  if i is j0 :: i' then (if k is k'.+1 then basis i' k' j else (j == j0)%:R) else 0.

Lemma tensor_basis i i' : size i = size i' -> tensor (basis i) i' = (i == i')%:R.
Proof.
elim: i i' => [|j i IH] [|j' i'] //= [] e; rewrite -/(tail _).
have -> : tensor (tail (basis (j :: i))) i' = tensor (basis i) i' by [].
by rewrite IH // eqseq_cons eq_sym; case: (_ == _); rewrite ?mul1r ?mul0r.
Qed.

Lemma lifted_basis s (C : seq nat -> F) i : i \in indices s ->
  \sum_(i' <- indices s) tensor (basis i) i' * C i' = C i.
Proof.
move=> iin; rewrite (bigD1_seq i) ?indices_uniq //= tensor_basis // eqxx mul1r big_seq_cond big1 ?addr0 //.
move=> i' /andP[i'in ne]; rewrite tensor_basis ?(indices_size iin) ?(indices_size i'in) //.
by rewrite eq_sym (negbTE ne) mul0r.
Qed.

Theorem column_is_phi ls i a b : i \in indices (sizes ls) -> phi ls (basis i) a b = column ls i a b.
Proof. by move=> iin; rewrite lifting /lifted (lifted_basis (fun i => column ls i a b)). Qed.

Theorem lifting_unique ls (C : seq nat -> F) a b :
  (forall h, phi ls h a b = \sum_(i <- indices (sizes ls)) tensor h i * C i) ->
  forall i, i \in indices (sizes ls) -> C i = column ls i a b.
Proof. by move=> all i iin; rewrite -(column_is_phi _ _ iin) all lifted_basis. Qed.

(* 1.1 (a): P(h) = 0 exactly when some layer of h is zero. *)
Definition tensor_zero s T := forall i, i \in indices s -> T i = 0.
Definition same_tensor s h g := forall i, i \in indices s -> tensor h i = tensor g i.

Lemma nonzero_cons n s h : nonzero (n :: s) h <->
  (exists2 j, (j < n)%N & h 0%N j != 0) /\ nonzero s (tail h).
Proof.
split=> [nz|[nz0 nz] [|k] lt]; last by case: (nz k lt) => j; exists j.
  by split; [exact: (nz 0%N) | move=> k lt; exact: (nz k.+1)].
by [].
Qed.

Theorem segre_nonzero s h :
  nonzero s h <-> exists2 i, i \in indices s & tensor h i != 0.
Proof.
elim: s h => [|n s IH] h.
  by split=> [_|_ k] //; exists [::]; rewrite ?mem_head // oner_neq0.
rewrite nonzero_cons IH; split=> [[[j lt nz] [i iin ti]]|[[|j i] //]].
  by exists (j :: i); rewrite ?mem_indices ?lt //= mulf_neq0.
  by move=> /indices_size.
rewrite mem_indices => /andP[lt iin] /=; rewrite mulf_eq0 negb_or => /andP[n0 n1].
by split; [exists j | exists i].
Qed.

(* 1.1 (b): a nonzero rank-one tensor determines its factors up to scalars of product 1. *)

Lemma tensor_scaled s h g (lambda : nat -> F) :
  (forall k j, (k < size s)%N -> (j < nth 0%N s k)%N -> g k j = lambda k * h k j) ->
  forall i, i \in indices s -> tensor g i = \prod_(k < size s) lambda k * tensor h i.
Proof.
elim: s h g lambda => [|n s IH] h g lambda all i.
  by rewrite inE => /eqP-> /=; rewrite big_ord0 mul1r.
case: i => [/indices_size //|j i]; rewrite mem_indices => /andP[lt iin] /=.
rewrite (all 0%N j) // (IH (tail h) (tail g) (fun k => lambda k.+1)) //; last by move=> k j' *; apply: (all k.+1).
by rewrite big_ord_recl /= mulrACA.
Qed.

Lemma equivalent_same_tensor s h g : equivalent s h g -> same_tensor s h g.
Proof. by case=> lambda one all i iin; rewrite (tensor_scaled all iin) one mul1r. Qed.

Lemma proportional s h g (c : F) : nonzero s h -> c != 0 ->
  (forall i, i \in indices s -> tensor g i = c * tensor h i) ->
  exists2 lambda : nat -> F, \prod_(k < size s) lambda k = c &
  forall k j, (k < size s)%N -> (j < nth 0%N s k)%N -> g k j = lambda k * h k j.
Proof.
elim: s h g c => [|n s IH] h g c nz c0 same.
  exists (fun=> 1) => //; rewrite big_ord0.
  by have := same [::] (mem_head _ _); rewrite /= mulr1.
case/nonzero_cons: nz => -[j0 lt0 n0] nz.
case/segre_nonzero: (nz) => i0 iin0 ti0.
have g00 : g 0%N j0 != 0.
  have := same (j0 :: i0); rewrite mem_indices lt0 iin0 /= => /(_ isT) e.
  have : g 0%N j0 * tensor (tail g) i0 != 0 by rewrite e !mulf_neq0.
  by rewrite mulf_eq0 negb_or => /andP[].
pose mu := g 0%N j0 / h 0%N j0; have mu0 : mu != 0 by rewrite mulf_neq0 ?invr_neq0.
have tails i : i \in indices s -> tensor (tail g) i = c / mu * tensor (tail h) i.
  move=> iin; apply: (mulfI g00).
  have := same (j0 :: i); rewrite mem_indices lt0 iin /= => /(_ isT) ->.
  by rewrite /mu invf_div !mulrA; congr (_ * _); rewrite -!mulrA mulrCA [g _ _ * (_ / _)]mulrCA divff // mulr1.
have [|lambda pr all] := IH (tail h) (tail g) (c / mu) nz _ tails; first by rewrite mulf_neq0 ?invr_neq0.
exists (fun k => if k is k'.+1 then lambda k' else mu).
  by rewrite big_ord_recl /= pr mulrCA divff ?mulr1.
move=> [|k] j lt ltj; last exact: all.
have ti : tensor (tail g) i0 != 0 by rewrite tails // !mulf_neq0 ?invr_neq0.
apply: (mulIf ti); have := same (j :: i0); rewrite mem_indices iin0 andbT => /(_ ltj) /= ->.
by rewrite tails // mulrACA [mu * _]mulrCA divff // mulr1.
Qed.

Theorem segre s h g : nonzero s h -> (equivalent s h g <-> same_tensor s h g).
Proof.
move=> nz; split; first exact: equivalent_same_tensor.
move=> same; apply: (proportional nz (oner_neq0 F)) => i iin; by rewrite mul1r same.
Qed.

(* 4.1 at a point: no difference P(h) - P(g) but 0 lies in Ker A. *)
Lemma lifted_sub ls T U a b : lifted ls (fun i => T i - U i) a b = lifted ls T a b - lifted ls U a b.
Proof. by rewrite /lifted -sumrB; apply: eq_bigr => i _; rewrite mulrBl. Qed.

Theorem identifiable_kernel ls h : nonzero (sizes ls) h ->
  (identifiable_at ls h <->
   forall g, in_kernel ls (fun i => tensor h i - tensor g i) -> tensor_zero (sizes ls) (fun i => tensor h i - tensor g i)).
Proof.
move=> nz; split=> all g.
  move=> ker i iin; apply/eqP; rewrite subr_eq0; apply/eqP.
  apply: (equivalent_same_tensor (all g _)) => // a b la lb.
  by rewrite !lifting; apply/eqP; rewrite -subr_eq0 -lifted_sub ker.
move=> same; apply/(segre _ nz) => i iin; apply/eqP; rewrite -subr_eq0.
by apply/eqP/(all g) => // a b la lb; rewrite lifted_sub -!lifting same // subrr.
Qed.

(* 4.2: Ker A = 0 implies uniform identifiability. *)
Theorem kernel_zero ls : injective_lifting ls -> uniformly_identifiable ls.
Proof. by move=> inj h nz; apply/(identifiable_kernel nz) => g /inj. Qed.

(* 8.1: a pair with equal products and different tensors. *)
Theorem refuted_by_pair ls h g : nonzero (sizes ls) h -> same_product ls h g -> ~ same_tensor (sizes ls) h g ->
  ~ uniformly_identifiable ls.
Proof. by move=> nz same differ /(_ h nz g same) /equivalent_same_tensor. Qed.
End Lifting.
