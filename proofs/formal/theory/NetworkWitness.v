(* 8.1 for networks: two integer points with equal kernels and different tensors. Only the paths on which a point has no
   zero are followed. *)
From Coq Require Import ZArith NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions Lifting Words Kernel Witness Network.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Definition term := (N * position * Z)%type.
Fixpoint terms (group : seq Z) (net : seq (seq tap)) (h : seq vector) (v : N) (x : position) : seq term :=
  if net is level :: net' then
    flatten [seq (if N.eqb (target p.1) v && ~~ Z.eqb p.2 0 then
      [seq (q.1, Z.mul p.2 q.2) | q <- terms group net' (behead h) (source p.1) (translate group x (shift p.1))] else [::])
            | p <- zip level (head [::] h)]
  else [:: ((v, x), 1%coqZ)].

Definition coefficient (l : seq term) (e : N * position) : Z :=
  foldr (fun q acc => if q.1 == e then Z.add q.2 acc else acc) Z0 l.
(* Every end that occurs in either list has the same coefficient in both. *)
Definition agree (l m : seq term) : bool := all (fun q => Z.eqb (coefficient l q.1) (coefficient m q.1)) (l ++ m).

Definition check_network_pair (group : seq Z) net (root : N) (h g : seq vector) (i : seq nat) : bool :=
  [&& well_formed_network group net, apart (map size net) h g i
    & agree (terms group net h root (origin group)) (terms group net g root (origin group))].

Lemma agreeE l m e : agree l m -> coefficient l e = coefficient m e.
Proof.
move=> /allP ok; have absent s : ~~ has (fun q => q.1 == e) s -> coefficient s e = Z0.
  by elim: s => [|q s IH] //=; rewrite negb_or => /andP[/negbTE-> /IH].
have [/hasP[q qin /eqP <-]|] := boolP (has (fun q => q.1 == e) (l ++ m)); first exact/Z.eqb_eq/ok.
by rewrite has_cat negb_or => /andP[nl nm]; rewrite !absent.
Qed.

Section Soundness.
Variable F : fieldType.

Lemma coefficientE l e : scalar F (coefficient l e) = \sum_(q <- l | q.1 == e) scalar F q.2.
Proof.
elim: l => [|q l IH]; first by rewrite big_nil.
by rewrite big_cons /=; case: ifP => _; rewrite ?scalarD IH.
Qed.

Lemma sum_zip (T : Type) (d : T) (l : seq T) (a : seq Z) (f : T -> Z -> F) : (forall t, f t Z0 = 0) ->
  \sum_(p <- zip l a) f p.1 p.2 = \sum_(j < size l) f (nth d l j) (nth Z0 a j).
Proof.
move=> f0; elim: l a => [|t l IH] [|b a]; rewrite ?big_nil ?big_ord0 //=.
  by rewrite big1 // => j _; rewrite nth_nil f0.
by rewrite big_cons big_ord_recl IH.
Qed.

Lemma kernel_terms group net h v x leaf y : kernel group net (at_integers F h) v x leaf y =
  scalar F (coefficient (terms group net h v x) (leaf, y)).
Proof.
rewrite coefficientE; elim: net h v x => [|level net IH] h v x.
  by rewrite /= big_cons big_nil /= all2_Zeqb xpair_eqE; case: ifP => e; rewrite ?addr0 // /= e.
rewrite /= big_flatten /= big_map.
pose f (t : tap) a : F := if N.eqb (target t) v then
  scalar F a * kernel group net (at_integers F (behead h)) (source t) (translate group x (shift t)) leaf y else 0.
rewrite (eq_bigr (fun p : tap * Z => f p.1 p.2)); last first.
  move=> [t a] _ /=; rewrite /f; case: (N.eqb _ _) => /=; last by rewrite big_nil.
  case: (Z.eqb_spec a 0) => [->|_] /=; first by rewrite big_nil mul0r.
  by rewrite big_map /= IH mulr_sumr; apply: eq_bigr => q _; rewrite scalarM.
rewrite (sum_zip (Tap 0 0 [::])); last by move=> t; rewrite /f mul0r if_same.
by apply: eq_bigr => j _; rewrite /f tail_at_integers.
Qed.

Theorem network_pair_sound group net root h g i : characteristic_zero F -> check_network_pair group net root h g i ->
  ~ network_identifiable F group net root.
Proof.
move=> char0 /and3P[_ ap ag] uniform; have [nz differ] := apart_sound char0 ap.
apply/differ/equivalent_same_tensor/(uniform _ nz) => leaf y.
by rewrite !kernel_terms (agreeE _ ag).
Qed.
End Soundness.
