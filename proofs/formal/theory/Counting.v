(* 10.3b: a leaf with more path indices than places for their sums has two with one sum. Nothing is listed. *)
From Coq Require Import ZArith NArith Lia FMapPositive.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions Lifting Words Kernel Network.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* The number of path indices from each node to the leaf, level by level. *)
Definition look (m : PositiveMap.t N) (v : N) : N := if PositiveMap.find (N.succ_pos v) m is Some n then n else 0%num.
Fixpoint counts (net : seq (seq tap)) (leaf : N) : PositiveMap.t N :=
  if net is level :: net' then
    let c := counts net' leaf in
    foldr (fun t m => PositiveMap.add (N.succ_pos (target t)) (N.add (look c (source t)) (look m (target t))) m)
          (PositiveMap.empty N) level
  else PositiveMap.add (N.succ_pos leaf) 1%num (PositiveMap.empty N).

(* An interval for each coordinate of the positions at each node, the root's around 0; they come from anywhere. *)
Definition box := seq (Z * Z).
Definition inside (b : box) (x : position) : bool := all2 (fun p a => Z.leb p.1 a && Z.leb a p.2) b x.
Definition covers (n : Z) (p : Z * Z) (s : Z) (q : Z * Z) : bool :=
  if Z.eqb n 0 then Z.leb q.1 (Z.add p.1 s) && Z.leb (Z.add p.2 s) q.2
  else [&& Z.ltb 0 n, Z.leb q.1 0 & Z.ltb (Z.sub n 1) (Z.add q.2 1)].
Fixpoint leads (group : seq Z) (b : box) (s : position) (b' : box) : bool :=
  match group, b, s, b' with
  | n :: group', p :: b, a :: s, q :: b' => covers n p a q && leads group' b s b'
  | [::], [::], [::], [::] => true
  | _, _, _, _ => false
  end.
Definition box_at (boxes : seq box) (v : N) : box := nth [::] boxes (N.to_nat v).
Definition room (b : box) : N := foldr (fun p n => N.mul (Z.to_N (Z.add (Z.sub p.2 p.1) 1)) n) 1%num b.
Definition crowded (group : seq Z) net (root leaf : N) (boxes : seq box) : bool :=
  [&& well_formed_network group net, inside (box_at boxes root) (origin group),
      all (all (fun t => leads group (box_at boxes (target t)) (shift t) (box_at boxes (source t)))) net
    & N.ltb (room (box_at boxes leaf)) (look (counts net leaf) root)].

Lemma look_add v w n m : look (PositiveMap.add (N.succ_pos v) n m) w = if N.eqb v w then n else look m w.
Proof.
rewrite /look; case: (N.eqb_spec v w) => [->|ne]; first by rewrite PositiveMap.gss.
rewrite PositiveMap.gso // => e; apply: ne.
by rewrite -(N.pos_pred_succ v) -(N.pos_pred_succ w) e.
Qed.

Lemma count_cons n s (P : pred (seq nat)) :
  count P (indices (n :: s)) = \sum_(j < n) count (fun i => P ((j : nat) :: i)) (indices s).
Proof.
rewrite -sum1_count /= big_flatten /= big_map -{1}(subn0 n) -/(index_iota 0 n) big_mkord.
by apply: eq_bigr => j _; rewrite big_map sum1_count.
Qed.

Definition reaching group net v x leaf : pred (seq nat) :=
  fun i => is_path net v i && N.eqb (end_of group net v x i).1 leaf.

Lemma countsE group net leaf v x :
  N.to_nat (look (counts net leaf) v) = count (reaching group net v x leaf) (indices (map size net)).
Proof.
elim: net v x => [|level net IH] v x.
  by rewrite /= look_add /reaching /= N.eqb_sym; case: N.eqb; rewrite // /look PositiveMap.gempty.
rewrite [map _ _]/= count_cons; set c := counts net leaf in IH.
transitivity (\sum_(t <- level) if N.eqb (target t) v then N.to_nat (look c (source t)) else 0).
  rewrite /= -/c; elim: level => [|t level IHl]; first by rewrite big_nil /look PositiveMap.gempty.
  rewrite big_cons /= look_add; case: N.eqb_spec => [->|_]; last by rewrite add0n.
  by rewrite N2Nat.inj_add IHl.
rewrite (big_nth (Tap 0 0 [::])) big_mkord; apply: eq_bigr => j _; rewrite /reaching /= ltn_ord /= /tap_at.
by case: ifP => _ /=; [exact: IH | rewrite count_pred0].
Qed.

Fixpoint cells (b : box) : seq position :=
  if b is p :: b' then [seq Z.add p.1 (Z.of_nat k) :: x | k <- iota 0 (Z.to_nat (Z.add (Z.sub p.2 p.1) 1)), x <- cells b'] else [:: [::]].

Lemma cells_size b : size (cells b) = N.to_nat (room b).
Proof.
by elim: b => [|p b IH] //=; rewrite size_allpairs size_iota IH N2Nat.inj_mul -Z_N_nat.
Qed.

Lemma inside_cells b x : inside b x -> x \in cells b.
Proof.
elim: b x => [|p b IH] [|a x] //= /andP[/andP[/Z.leb_le lo /Z.leb_le hi] /IH xin].
apply/allpairsP; exists (Z.to_nat (Z.sub a p.1), x); split=> //=; last by rewrite Z2Nat.id; [congr cons; lia | lia].
by rewrite mem_iota /=; apply/ltP; rewrite add0n; lia.
Qed.

Lemma leads_inside group b s b' x : leads group b s b' -> inside b x -> inside b' (translate group x s).
Proof.
rewrite /translate; elim: group b s b' x => [|n group IH] [|p b] [|a s] [|q b'] [|y x] //= /andP[ok rest].
move=> /andP[/andP[/Z.leb_le lo /Z.leb_le hi] /(IH _ _ _ _ rest) ->]; rewrite andbT.
move: ok; rewrite /covers; case: (Z.eqb_spec n 0) => [_ /andP[/Z.leb_le l /Z.leb_le h]|_ /and3P[/Z.ltb_lt n0 /Z.leb_le l /Z.ltb_lt h]].
  by apply/andP; split; apply/Z.leb_le; lia.
have [m0 m1] := Z.mod_pos_bound (Z.add y a) n n0.
by apply/andP; split; apply/Z.leb_le; lia.
Qed.

Lemma path_inside group net boxes v x i :
  all (all (fun t => leads group (box_at boxes (target t)) (shift t) (box_at boxes (source t)))) net ->
  is_path net v i -> inside (box_at boxes v) x ->
  let e := end_of group net v x i in inside (box_at boxes e.1) e.2.
Proof.
elim: net v x i => [|level net IH] v x [|j i] // /andP[/(all_nthP (Tap 0 0 [::])) ok rest] /and3P[lt /N.eqb_eq tv pi] ins /=.
by apply: IH => //; apply: leads_inside (ok _ lt) _; rewrite -/(tap_at level j) tv.
Qed.

(* 10.3b: any list of places that holds all sums of the leaf, and is shorter than its path indices are many. *)
Theorem pigeonhole group net root leaf (places : seq position) :
  let end_at := end_of group net root (origin group) in let P := reaching group net root (origin group) leaf in
  (forall i, P i -> (end_at i).2 \in places) -> size places < count P (indices (map size net)) ->
  exists i j, [/\ i != j, is_path net root i, is_path net root j & end_at i = end_at j].
Proof.
move=> end_at P held more; pose s := filter P (indices (map size net)); pose f i := (end_at i).2.
have us : uniq s by rewrite filter_uniq ?indices_uniq.
have sub : {subset map f s <= places} by move=> y /mapP[i]; rewrite mem_filter => /andP[pi _] ->; apply: held.
have : ~~ uniq (map f s).
  by apply/negP => un; have := uniq_leq_size un sub; rewrite size_map size_filter leqNgt more.
case/(uniqPn [::]) => a [b [ab]]; rewrite size_map => lb; have la := ltn_trans ab lb.
rewrite !(nth_map [::]) // => e.
have [] := (mem_nth [::] la, mem_nth [::] lb); rewrite !mem_filter.
move=> /andP[/andP[pa /N.eqb_eq na] _] /andP[/andP[pb /N.eqb_eq nb] _].
exists (nth [::] s a), (nth [::] s b); split=> //; first by rewrite nth_uniq // (ltn_eqF ab).
by rewrite [LHS]surjective_pairing [RHS]surjective_pairing; congr pair; [rewrite /end_at na nb | exact: e].
Qed.

Theorem crowded_sound (F : fieldType) group net root leaf boxes : crowded group net root leaf boxes ->
  ~ path_uniform F group net root /\ ~ network_identifiable F group net root.
Proof.
case/and4P=> _ ins ok /N.ltb_lt more.
have [||i [j [ne pi pj e]]] := @pigeonhole group net root leaf (cells (box_at boxes leaf)).
- by move=> i /andP[pi /N.eqb_eq e]; apply: inside_cells; have := path_inside ok pi ins; rewrite /= e.
- by rewrite cells_size -countsE; apply/ltP; lia.
exact: collision_sound e.
Qed.
