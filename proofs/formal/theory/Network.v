(* 10.1: the kernels of a network are the image of the tensors of its paths; two path indices have equal columns exactly
   when they have one end: the same leaf and the same sum of taps. *)
From Coq Require Import ZArith NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions Lifting Words Kernel.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

(* Where a path index ends when it sets out from node v at x. *)
Fixpoint end_of (group : seq Z) (net : seq (seq tap)) (v : N) (x : position) (i : seq nat) : N * position :=
  match net, i with
  | level :: net', j :: i' => let t := tap_at level j in end_of group net' (source t) (translate group x (shift t)) i'
  | _, _ => (v, x)
  end.

(* Every level but the last arrives at one node, so that every multi-index is a path index. *)
Fixpoint one_node (net : seq (seq tap)) (v : N) : bool :=
  if net is level :: net' then
    let w := source (tap_at level 0) in
    [&& all (fun t => N.eqb (target t) v) level, nilp net' || all (fun t => N.eqb (source t) w) level & one_node net' w]
  else true.

Lemma all2_Zeqb (x y : position) : all2 Z.eqb x y = (x == y).
Proof. by elim: x y => [|a x IH] [|b y] //=; rewrite IH eqseq_cons. Qed.

Lemma path_listed net v i : is_path net v i -> i \in indices (map size net).
Proof.
elim: net v i => [|level net IH] v [|j i] // /and3P[lt _ /IH rest].
by rewrite [map _ _]/= mem_indices lt.
Qed.

Lemma path_size net v i : is_path net v i -> size i = size net.
Proof. by move=> /path_listed /indices_size; rewrite size_map. Qed.

Lemma one_node_path net v i : one_node net v -> i \in indices (map size net) -> is_path net v i.
Proof.
elim: net v i => [|level net IH] v i; first by rewrite inE => _ /eqP->.
case: i => [_ /indices_size //|j i] /and3P[/(all_nthP (Tap 0 0 [::])) tv sw one].
rewrite [map _ _]/= mem_indices => /andP[lt iin] /=.
rewrite lt (tv _ lt) /=; case: net sw one IH iin => [|level' net] sw one IH iin.
  by move: iin; rewrite inE => /eqP->.
by move/(all_nthP (Tap 0 0 [::])): sw => /(_ _ lt)/N.eqb_eq->; apply: IH.
Qed.

Section Soundness.
Variable F : fieldType.
Implicit Types (h g : point F).

Lemma kernel_paths group net h v x leaf y : kernel group net h v x leaf y =
  \sum_(i <- indices (map size net) | is_path net v i && (end_of group net v x i == (leaf, y))) tensor h i.
Proof.
elim: net h v x => [|level net IH] h v x.
  by rewrite /= big_cons big_nil /= all2_Zeqb xpair_eqE; case: ifP => e; rewrite ?addr0 // /= e.
rewrite [map _ _]/= big_mkcond sum_cons /=; apply: eq_bigr => j _; rewrite ltn_ord /=.
case: ifP => tv /=; last by rewrite big1.
by rewrite IH mulr_sumr [LHS]big_mkcond.
Qed.

(* All ends differ: the kernel of an end is one entry of the tensor. *)
Definition distinct_ends group net root := forall i j, is_path net root i -> is_path net root j ->
  end_of group net root (origin group) i = end_of group net root (origin group) j -> i = j.

Theorem distinct_sound group net root : distinct_ends group net root -> path_uniform F group net root.
Proof.
move=> inj h g same i pi; have iin := path_listed pi.
have alone (w : point F) : let e := end_of group net root (origin group) i in
    kernel group net w root (origin group) e.1 e.2 = tensor w i.
  rewrite /= kernel_paths -surjective_pairing big_mkcond (bigD1_seq i) ?indices_uniq //= pi eqxx /=.
  rewrite big1 ?addr0 // => j ne; case: ifP => // /andP[pj /eqP e].
  by move: ne; rewrite (inj _ _ pj pi e) eqxx.
by rewrite -!alone same.
Qed.

(* With one node a level the tensors of the paths are all of the tensor: 1.1 applies. *)
Theorem one_node_sound group net root : one_node net root -> path_uniform F group net root ->
  network_identifiable F group net root.
Proof.
move=> one uniform h nz g same; apply/(segre _ nz) => i iin.
by apply: (uniform _ _ same); apply: one_node_path.
Qed.

Lemma kernel_basis group net root i leaf y : is_path net root i ->
  kernel group net (basis F i) root (origin group) leaf y = (end_of group net root (origin group) i == (leaf, y))%:R.
Proof.
move=> pi; have iin := path_listed pi.
rewrite kernel_paths big_mkcond (bigD1_seq i) ?indices_uniq //= pi tensor_basis // eqxx /= big_seq_cond big1 ?addr0.
  by case: ifP.
move=> j /andP[jin ne]; case: ifP => // _; rewrite tensor_basis ?(indices_size iin) ?(indices_size jin) //.
by rewrite eq_sym (negbTE ne).
Qed.

Lemma nonzero_basis s i : i \in indices s -> nonzero s (basis F i).
Proof.
move=> iin; apply/segre_nonzero; exists i => //.
by rewrite tensor_basis // eqxx oner_neq0.
Qed.

(* Two path indices with one end: two points with one nonzero parameter a level, equal kernels and different tensors. *)
Theorem collision_sound group net root i j : i != j -> is_path net root i -> is_path net root j ->
  end_of group net root (origin group) i = end_of group net root (origin group) j ->
  ~ path_uniform F group net root /\ ~ network_identifiable F group net root.
Proof.
move=> ne pi pj ends; have iin := path_listed pi; have jin := path_listed pj.
have same : same_kernels group net root (basis F i) (basis F j) by move=> leaf y; rewrite !kernel_basis // ends.
have differ : tensor (basis F i) i <> tensor (basis F j) i.
  rewrite !tensor_basis ?(indices_size iin) ?(indices_size jin) // eqxx eq_sym (negbTE ne) => /eqP.
  by rewrite oner_eq0.
split=> uniform; apply: differ; first exact: (uniform _ _ same).
exact: (equivalent_same_tensor (uniform _ (nonzero_basis iin) _ same)).
Qed.
End Soundness.
