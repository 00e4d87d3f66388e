(* 10.1: when no two path indices of a leaf have the same sum, the kernels determine the tensor of every path. *)
From Coq Require Import ZArith NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions Words Kernel.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

(* Any map from ends to integers may serve: different values come from different ends. *)
Definition code (base : Z) (e : N * position) : Z := foldl (fun acc a => Z.add (Z.mul acc base) a) (Z.of_N e.1) e.2.
Definition origin (group : seq Z) : position := [seq Z0 | _ <- group].
Definition zero_one (group : seq Z) (net : seq (seq edge)) (root : N) (base : Z) : bool :=
  sorted Z.ltb (sort Z.leb [seq code base p.2 | p <- path_indices group net root (origin group)]).

Lemma InP (T : eqType) (x : T) s : List.In x s <-> x \in s.
Proof.
elim: s => [|y s IH] //=; rewrite inE; split=> [[->|/IH->]|/orP[/eqP->|/IH]]; rewrite ?eqxx ?orbT //; by [left | right].
Qed.

Lemma all2_Zeqb (x y : position) : all2 Z.eqb x y = (x == y).
Proof. by elim: x y => [|a x IH] [|b y] //=; rewrite IH eqseq_cons. Qed.

Lemma sum_iota (R : zmodType) n (f : nat -> R) : \sum_(i <- iota 0 n) f i = \sum_(i < n) f i.
Proof. by rewrite -{1}(subn0 n) -/(index_iota 0 n) big_mkord. Qed.

Lemma uniq_map_inj (A B : eqType) (f : A -> B) s p q : uniq (map f s) -> p \in s -> q \in s -> f q = f p -> q = p.
Proof.
elim: s => [|x s IH] //= /andP[nx un]; rewrite !inE => /orP[/eqP->|pin] /orP[/eqP->|qin] // e.
- by case/negP: nx; rewrite -e map_f.
- by case/negP: nx; rewrite e map_f.
exact: IH.
Qed.

Section Soundness.
Variable F : fieldType.
Implicit Types (h g : weights F).

Lemma kernel_paths group net h v x leaf y : kernel group net h v x leaf y =
  \sum_(p <- path_indices group net v x | p.2 == (leaf, y)) path_tensor h p.1.
Proof.
elim: net h v x => [|level net IH] h v x.
  by rewrite /= big_cons big_nil /= all2_Zeqb xpair_eqE; case: ifP => e; rewrite ?addr0 // /= e.
rewrite /= big_flatten /= big_map sum_iota.
apply: eq_bigr => e _; case: ifP => _; last by rewrite big_nil.
rewrite big_flatten /= big_map sum_iota.
by apply: eq_bigr => s _; rewrite big_map IH mulr_sumr.
Qed.

Theorem zero_one_sound group net root base : zero_one group net root base -> path_uniform F group net root.
Proof.
move=> ok h g; rewrite -/(origin group) => /= same p /InP pin.
set ps := path_indices group net root (origin group) in ok pin.
have un : uniq [seq code base q.2 | q <- ps].
  rewrite -(sort_uniq Z.leb); apply: sorted_uniq ok.
    by move=> a b c /Z.ltb_lt ba /Z.ltb_lt ac; apply/Z.ltb_lt; apply: Z.lt_trans ba ac.
  by move=> a; apply: Z.ltb_irrefl.
have uq : uniq ps by apply: map_uniq un.
have alone (w : weights F) : kernel group net w root (origin group) p.2.1 p.2.2 = path_tensor w p.1.
  rewrite kernel_paths -surjective_pairing -/ps big_mkcond (bigD1_seq p) //= eqxx big1_seq ?addr0 // => q /andP[ne qin].
  case: eqP => // e; case/negP: ne.
  by apply/eqP/(uniq_map_inj (f := fun q : path_index => code base q.2) un pin qin); rewrite e.
by rewrite -!alone same.
Qed.
End Soundness.
