(* 10.1 as a whole: the linear map from the tensors of the paths to the kernels, when it is injective, and its rank. *)
From Coq Require Import ZArith NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions Lifting Words Kernel Network.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section PathMap.
Variables (F : fieldType) (group : seq Z) (net : seq (seq tap)) (root : N).
Let paths := [seq i <- indices (map size net) | is_path net root i].
Let end_at := end_of group net root (origin group).

(* Coefficient of the image of T at an end; c is the number of path indices with this end. *)
Definition path_map (T : seq nat -> F) (e : N * position) : F := \sum_(i <- paths | end_at i == e) T i.
Definition multiplicity (e : N * position) : nat := count (fun i => end_at i == e) paths.

Lemma mem_paths i : (i \in paths) = is_path net root i.
Proof. by rewrite mem_filter; case pi: (is_path _ _ _) => //=; apply: path_listed pi. Qed.

Lemma mem_paths_at e i : (i \in [seq k <- paths | end_at k == e]) = (end_at i == e) && is_path net root i.
Proof. by rewrite mem_filter mem_paths. Qed.

Lemma paths_uniq : uniq paths.
Proof. by rewrite filter_uniq ?indices_uniq. Qed.

Theorem kernel_path_map (h : point F) leaf y : kernel group net h root (origin group) leaf y = path_map (tensor h) (leaf, y).
Proof. by rewrite kernel_paths /path_map big_filter_cond. Qed.

Theorem kernel_of_ones leaf y :
  kernel group net (fun _ _ => 1 : F) root (origin group) leaf y = (multiplicity (leaf, y))%:R.
Proof.
rewrite kernel_path_map /path_map /multiplicity -sum1_count natr_sum; apply: eq_bigr => i _.
by elim: i => //= j i ->; rewrite mul1r.
Qed.

Lemma multiplicity_distinct : (forall e, (multiplicity e <= 1)%N) <-> distinct_ends group net root.
Proof.
split=> [small i j pi pj e|inj e].
  apply/eqP/negPn/negP => ne; have := small (end_at j); rewrite leqNgt => /negP; apply.
  have sub : {subset [:: i; j] <= [seq k <- paths | end_at k == end_at j]}.
    by move=> k; rewrite !inE mem_paths_at => /orP[]/eqP->; rewrite ?pi ?pj ?eqxx // /end_at e eqxx.
  by rewrite /multiplicity -size_filter; apply: (uniq_leq_size _ sub); rewrite /= inE ne.
rewrite /multiplicity -size_filter; case s : (filter _ _) => [|i [|j t]] //.
have un : uniq [seq k <- paths | end_at k == e] by rewrite filter_uniq ?paths_uniq.
have [iin jin] : i \in [seq k <- paths | end_at k == e] /\ j \in [seq k <- paths | end_at k == e].
  by rewrite s !inE !eqxx orbT.
move: iin jin un; rewrite !mem_paths_at s => /andP[/eqP ei pi] /andP[/eqP ej pj].
by rewrite /= (inj i j pi pj (etrans ei (esym ej))) mem_head.
Qed.

(* 10.1, 1 and 2: no end has two path indices, exactly when the map is injective. *)
Theorem path_map_injective : distinct_ends group net root <->
  forall T, (forall e, path_map T e = 0) -> forall i, is_path net root i -> T i = 0.
Proof.
split=> [inj T zero i pi|inj i j pi pj e].
  rewrite -(zero (end_at i)) /path_map big_mkcond (bigD1_seq i) ?mem_paths ?paths_uniq //= eqxx big_seq_cond big1 ?addr0 //.
  move=> j /andP[jin ne]; case: eqP => // e; move: jin ne; rewrite mem_paths => pj.
  by rewrite (inj _ _ pj pi e) eqxx.
apply/eqP/negPn/negP => ne; pose T k : F := (k == i)%:R - (k == j)%:R.
have basis k e' : k \in paths -> \sum_(l <- paths | end_at l == e') (l == k)%:R = (end_at k == e')%:R :> F.
  move=> kin; rewrite big_mkcond (bigD1_seq k) ?paths_uniq //= eqxx big1 ?addr0; first by case: ifP.
  by move=> l /negbTE->; rewrite if_same.
have : T i = 0.
  apply: inj => // e'; rewrite /path_map sumrB !basis ?mem_paths //.
  by rewrite /end_at e subrr.
by rewrite /T eqxx (negbTE ne) subr0 => /eqP; rewrite oner_eq0.
Qed.

(* 10.1, 1 and 3. *)
Theorem path_uniform_distinct : distinct_ends group net root <-> path_uniform F group net root.
Proof.
split=> [|uniform i j pi pj e]; first exact: distinct_sound.
by apply/eqP/negPn/negP => ne; have [] := collision_sound F ne pi pj e.
Qed.

(* The rank is the number of ends that are reached. *)
Theorem path_map_rank : let E := undup (map end_at paths) in
  \rank (\matrix_(e < size E, i < size paths) ((end_at (nth [::] paths i) == nth (root, [::]) E e)%:R : F)) = size E.
Proof.
move=> E; set A := (X in \rank X); apply/eqP; change (row_free A).
have place (e : 'I_(size E)) : exists i : 'I_(size paths), end_at (nth [::] paths i) == nth (root, [::]) E e.
  have : nth (root, [::]) E e \in map end_at paths by rewrite -mem_undup mem_nth.
  by case/mapP=> p /(nthP [::])[i lt <-] ->; exists (Ordinal lt).
pose q e := xchoose (place e).
apply/row_freeP; exists (\matrix_(i, e) (i == q e)%:R); apply/matrixP => e e'; rewrite !mxE.
rewrite (bigD1 (q e')) //= !mxE eqxx mulr1 big1 ?addr0; last by move=> i /negbTE ne; rewrite !mxE ne mulr0.
rewrite (eqP (xchooseP (place e'))) nth_uniq ?undup_uniq //.
by rewrite eq_sym.
Qed.
End PathMap.
