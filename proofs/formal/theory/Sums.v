(* 10.1 by enumeration: all ends listed, or two path indices with one end. *)
From Coq Require Import ZArith NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions Lifting Words Kernel Network.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Fixpoint ends (group : seq Z) (net : seq (seq tap)) (v : N) (x : position) : seq (N * position) :=
  if net is level :: net' then
    flatten [seq (if N.eqb (target t) v then ends group net' (source t) (translate group x (shift t)) else [::]) | t <- level]
  else [:: (v, x)].
(* Any map from ends to integers may serve: different values come from different ends. *)
Definition code (base : Z) (e : N * position) : Z := foldl (fun acc a => Z.add (Z.mul acc base) a) (Z.of_N e.1) e.2.
Definition zero_one (group : seq Z) (net : seq (seq tap)) (root : N) (base : Z) : bool :=
  well_formed_network group net && sorted Z.ltb (sort Z.leb [seq code base e | e <- ends group net root (origin group)]).

Definition collide (group : seq Z) (net : seq (seq tap)) (root : N) (i j : seq nat) : bool :=
  let end_at := end_of group net root (origin group) in
  [&& well_formed_network group net, i != j, is_path net root i, is_path net root j & end_at i == end_at j].

Lemma uniq_map_inj (A B : eqType) (f : A -> B) s p q : uniq (map f s) -> p \in s -> q \in s -> f p = f q -> p = q.
Proof.
elim: s => [|x s IH] //= /andP[nx un]; rewrite !inE => /orP[/eqP->|pin] /orP[/eqP->|qin] // e.
- by case/negP: nx; rewrite e map_f.
- by case/negP: nx; rewrite -e map_f.
exact: IH.
Qed.

Lemma endsE group net v x :
  ends group net v x = map (end_of group net v x) (filter (is_path net v) (indices (map size net))).
Proof.
elim: net v x => [|level net IH] v x //.
rewrite [indices _]/= filter_flatten map_flatten -!map_comp.
rewrite [LHS]/= -[X in flatten (map _ X)](mkseq_nth (Tap 0 0 [::]) level) -map_comp; congr flatten.
apply/eq_in_map => j; rewrite mem_iota add0n /= => lt.
rewrite filter_map -map_comp; case: ifP => tv; last first.
  by rewrite (eq_filter (a2 := pred0)) ?filter_pred0 // => i /=; rewrite /tap_at tv andbF.
by rewrite IH; congr map; apply: eq_filter => i; rewrite /= /tap_at lt tv.
Qed.

Section Soundness.
Variable F : fieldType.

Theorem zero_one_sound group net root base : zero_one group net root base -> path_uniform F group net root.
Proof.
move=> /andP[_ ok]; apply: distinct_sound => i j pi pj e.
have un : uniq [seq code base e | e <- ends group net root (origin group)].
  rewrite -(sort_uniq Z.leb); apply: sorted_uniq ok.
    by move=> a b c /Z.ltb_lt ba /Z.ltb_lt ac; apply/Z.ltb_lt; apply: Z.lt_trans ba ac.
  by move=> a; apply: Z.ltb_irrefl.
move: un => /map_uniq; rewrite endsE => un.
by apply: (uniq_map_inj un) e; rewrite mem_filter ?pi ?pj (path_listed pi, path_listed pj).
Qed.

Theorem collide_sound group net root i j : collide group net root i j ->
  ~ path_uniform F group net root /\ ~ network_identifiable F group net root.
Proof. by case/and5P=> _ ne pi pj /eqP; apply: collision_sound. Qed.
End Soundness.
