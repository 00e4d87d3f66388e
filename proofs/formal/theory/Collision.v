(* 10.1, the other direction: two path indices of one leaf with equal sums give weights, zero off one path, with equal
   kernels and different tensors. *)
From Coq Require Import ZArith NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions Words Kernel Network.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

(* Where a path index ends, and the sum of its taps; nothing is listed. *)
Fixpoint end_of (group : seq Z) (net : seq (seq edge)) (v : N) (x : position) (i : seq (nat * nat)) : option (N * position) :=
  match net, i with
  | level :: net', j :: i' =>
    let u := nth (Edge 0 0 [::]) level j.1 in
    if (j.1 < size level)%N && (N.eqb (target u) v && (j.2 < size (taps u))%N)
    then end_of group net' (source u) (translate group x (nth [::] (taps u) j.2)) i' else None
  | [::], [::] => Some (v, x)
  | _, _ => None
  end.

Definition collide (group : seq Z) (net : seq (seq edge)) (root : N) (i j : seq (nat * nat)) : bool :=
  let ends := end_of group net root (origin group) in
  (i != j) && match ends i, ends j with Some a, Some b => a == b | _, _ => false end.

Lemma end_of_listed group net v x i z : end_of group net v x i = Some z -> (i, z) \in path_indices group net v x.
Proof.
elim: net v x i => [|level net IH] v x [|[e s] i] //=; first by move=> [<-]; rewrite mem_head.
case: ifP => // /andP[le /andP[tv ls]] /IH found; apply/flatten_mapP; exists e; first by rewrite mem_iota.
rewrite tv; apply/flatten_mapP; exists s; first by rewrite mem_iota.
by apply/mapP; exists (i, z).
Qed.

Section Soundness.
Variable F : fieldType.

Fixpoint along (i : seq (nat * nat)) : weights F := fun k e s =>
  if i is j :: i' then (if k is k'.+1 then along i' k' e s else ((e, s) == j)%:R) else 0.

Lemma tensor_along i i' : size i = size i' -> path_tensor (along i) i' = (i' == i)%:R.
Proof.
elim: i i' => [|j i IH] [|[e s] i'] //= [] sz.
have -> : path_tensor (fun k => along (j :: i) k.+1) i' = path_tensor (along i) i' by [].
by rewrite IH // eqseq_cons; case: (_ == j); rewrite ?mul1r ?mul0r.
Qed.

Lemma path_size group net v x p : p \in path_indices group net v x -> size p.1 = size net.
Proof.
elim: net v x p => [|level net IH] v x p /=; first by rewrite inE => /eqP->.
move=> /flatten_mapP[e _]; case: ifP => // _ /flatten_mapP[s _ /mapP[q qin ->]] /=.
by rewrite (IH _ _ _ qin).
Qed.

(* The edges and taps of a path index determine it, and every path index is listed once. *)
Lemma paths_uniq group net v x : uniq (map fst (path_indices group net v x)).
Proof.
elim: net v x => [|level net IH] v x //=.
rewrite map_flatten -map_comp.
have inner e : uniq (map fst (let u := nth (Edge 0 0 [::]) level e in if N.eqb (target u) v then
      flatten [seq [seq ((e, s) :: p.1, p.2) | p <- path_indices group net (source u) (translate group x (nth [::] (taps u) s))]
              | s <- iota 0 (size (taps u))] else [::])) /\
    forall i, i \in map fst (let u := nth (Edge 0 0 [::]) level e in if N.eqb (target u) v then
      flatten [seq [seq ((e, s) :: p.1, p.2) | p <- path_indices group net (source u) (translate group x (nth [::] (taps u) s))]
              | s <- iota 0 (size (taps u))] else [::]) -> exists s i', i = (e, s) :: i'.
  set u := nth _ _ _ => /=; case: ifP => // _; split; last first.
    by move=> i /mapP[q /flatten_mapP[s _ /mapP[p _ ->]] ->] /=; exists s, p.1.
  elim: (iota 0 _) (iota_uniq 0 (size (taps u))) => [|s ss IHs] //= /andP[ns un].
  rewrite map_cat cat_uniq IHs // andbT -map_comp; apply/andP; split.
    rewrite (eq_map (_ : _ =1 cons (e, s) \o fst)) // map_comp map_inj_uniq ?IH //; by move=> a b [].
  apply/hasPn => i /mapP[q /flatten_mapP[s' s'in /mapP[p _ ->]] ->] /=.
  apply/mapP => -[p' _ /= [es _]]; by move: ns; rewrite -es s'in.
elim: (iota 0 _) (iota_uniq 0 (size level)) => [|e es IHe] //= /andP[ne un].
rewrite cat_uniq IHe // andbT; apply/andP; split; first by case: (inner e).
apply/hasPn => i /flatten_mapP[e' e'in /= iin]; apply/negP => iin'.
have [s [i' e1]] := (inner e').2 i iin; have [s' [i'' e2]] := (inner e).2 i iin'.
by move: ne e'in; move: e2; rewrite e1 => -[-> _ _] /negP.
Qed.

Lemma kernel_along group net root p leaf y : p \in path_indices group net root (origin group) ->
  kernel group net (along p.1) root (origin group) leaf y = (p.2 == (leaf, y))%:R.
Proof.
move=> pin; have un := map_uniq (paths_uniq group net root (origin group)).
rewrite kernel_paths big_mkcond (bigD1_seq p) //= tensor_along // eqxx big1_seq ?addr0; first by case: ifP.
move=> q /andP[ne qin]; case: ifP => // _; rewrite tensor_along ?(path_size pin) ?(path_size qin) //.
case: eqP => // e; case/negP: ne.
by apply/eqP/(uniq_map_inj (f := fst) (paths_uniq group net root (origin group)) pin qin).
Qed.

Theorem collide_sound group net root i j : collide group net root i j -> ~ path_uniform F group net root.
Proof.
rewrite /collide => /andP[ne]; case ei: (end_of _ _ _ _ i) => [a|] //; case ej: (end_of _ _ _ _ j) => [b|] // /eqP ab uniform.
have pin := end_of_listed ei; have qin := end_of_listed ej; rewrite -ab in qin.
pose p : path_index := (i, a); pose q : path_index := (j, a).
have same leaf y : kernel group net (along p.1) root (origin group) leaf y =
    kernel group net (along q.1) root (origin group) leaf y by rewrite !kernel_along.
have := uniform _ _ same p ((InP _ _).2 pin).
rewrite !tensor_along ?(path_size pin) ?(path_size qin) // eqxx /= (negbTE ne) => /eqP.
by rewrite oner_eq0.
Qed.
End Soundness.
