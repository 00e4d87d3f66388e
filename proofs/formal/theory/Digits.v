(* 10.3a: digits. Sums of one shift of every level are all different because, in some order of the levels, they are
   written in a mixed radix, or because the shifts grow faster than they can add up. No sum is listed. *)
From Coq Require Import ZArith NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions Lifting Words Kernel Network.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition shifts (level : seq tap) : seq position := map shift level.
Definition residues (moduli : seq Z) (x : position) : seq Z := [seq Z.modulo a.2 a.1 | a <- zip moduli x].
Definition divides (m n : Z) : bool := Z.eqb (Z.modulo n m) 0.

(* The shifts of each level agree modulo the moduli before it, and differ modulo those after it. *)
Fixpoint radix (group : seq Z) (levels : seq (seq tap)) (before : seq Z) (moduli : seq (seq Z)) : bool :=
  match levels, moduli with
  | level :: levels', after :: moduli' =>
    let xs := shifts level in let r := residues before (head [::] xs) in
    [&& all2 divides before after, all (fun x => residues before x == r) xs, uniq (map (residues after) xs)
      & radix group levels' after moduli']
  | [::], [::] => all2 divides before group
  | _, _ => false
  end.

(* Two shifts of a level differ by more than the levels before it reach together. *)
Definition coordinate (level : seq tap) : seq Z := [seq head Z0 x | x <- shifts level].
Definition diameter (xs : seq Z) : Z := Z.sub (foldr Z.max (head Z0 xs) xs) (foldr Z.min (head Z0 xs) xs).
Fixpoint growing (n : Z) (levels : seq (seq tap)) (reach : Z) : bool :=
  if levels is level :: levels' then
    let xs := coordinate level in
    pairwise (fun a b => Z.ltb reach (Z.abs (Z.sub a b))) xs && growing n levels' (Z.add reach (diameter xs))
  else Z.eqb n 0 || Z.ltb reach n.

Definition reordered (net : seq (seq tap)) (order : seq nat) := [seq nth [::] net k | k <- order].
Definition mixed_radix (group : seq Z) net (order : seq nat) (moduli : seq (seq Z)) : bool :=
  [&& well_formed_network group net, perm_eq order (iota 0 (size net))
    & radix group (reordered net order) [seq 1%coqZ | _ <- group] moduli].
Definition superincreasing (n : Z) net (order : seq nat) : bool :=
  [&& well_formed_network [:: n] net, perm_eq order (iota 0 (size net)) & growing n (reordered net order) 0].

(* Coordinate c of the shift that i takes at level k. *)
Definition part (net : seq (seq tap)) (i : seq nat) (c k : nat) : Z :=
  nth Z0 (shift (tap_at (nth [::] net k) (nth 0 i k))) c.
Canonical add_law := Monoid.Law Z.add_assoc Z.add_0_l Z.add_0_r.
Canonical add_comlaw := Monoid.ComLaw Z.add_comm.
Notation total net i c s := (\big[Z.add/Z0]_(k <- s) part net i c k).

Lemma sized group net k j : well_formed_network group net -> (k < size net)%N -> (j < size (nth [::] net k))%N ->
  size (shift (tap_at (nth [::] net k) j)) = size group.
Proof.
move=> /(all_nthP [::])/(_ k) H lt ltj.
by have /(all_nthP (Tap 0 0 [::]))/(_ j ltj)/eqP := H lt.
Qed.

(* Modulo the group, the end is where the path set out, plus the total. *)
Lemma end_total (group : seq Z) net v (x : position) i c : well_formed_network group net -> size x = size group -> (c < size group)%N ->
  i \in indices (map size net) ->
  Z.divide (nth Z0 group c) (Z.sub (Z.add (nth Z0 x c) (total net i c (iota 0 (size net)))) (nth Z0 (end_of group net v x i).2 c)).
Proof.
elim: net v x i => [|level net IH] v x i; first by rewrite inE => _ _ _ /eqP-> /=; rewrite big_nil; exists Z0; lia.
case: i => [_ _ _ /indices_size //|j i] /andP[wl wn] sx lt; rewrite [map _ _]/= mem_indices => /andP[ltj iin].
rewrite /= big_cons -[1%N]addn0 iotaDl big_map; set t := tap_at level j.
have st : size (shift t) = size group by apply/eqP; move/(all_nthP (Tap 0 0 [::])): wl => /(_ j ltj).
have sz : size (zip x (shift t)) = size group by rewrite size_zip sx st minnn.
have stt : size (translate group x (shift t)) = size group by rewrite size_map size_zip sz minnn.
have := IH (source t) (translate group x (shift t)) i wn stt lt iin.
rewrite {1}/translate (nth_map (Z0, (Z0, Z0))) ?size_zip ?sx ?st ?minnn //.
rewrite nth_zip ?sz // nth_zip ?sx ?st //=.
rewrite -[part (level :: net) (j :: i) c 0]/(nth Z0 (shift t) c).
rewrite (eq_bigr (part (level :: net) (j :: i) c \o addn 1)) //.
set S := BigOp.bigop _ _ _; set e := nth Z0 _.2 c; set n := nth Z0 group c; set a := nth Z0 x c; set b := nth Z0 _ c.
case: (Z.eqb_spec n 0) => [->|n0] [q E]; first by exists Z0; lia.
exists (Z.add q (Z.div (Z.add a b) n)); have := Z.div_mod (Z.add a b) n n0; move: E; lia.
Qed.

Lemma ends_total (group : seq Z) net v (x : position) i j c : well_formed_network group net -> size x = size group -> (c < size group)%N ->
  i \in indices (map size net) -> j \in indices (map size net) ->
  end_of group net v x i = end_of group net v x j ->
  Z.divide (nth Z0 group c) (Z.sub (total net i c (iota 0 (size net))) (total net j c (iota 0 (size net)))).
Proof.
move=> wf sx lt iin jin e; have := end_total v wf sx lt iin; have := end_total v wf sx lt jin; rewrite e.
by move=> [p P] [q Q]; exists (Z.sub q p); lia.
Qed.

Lemma chosen (net : seq (seq tap)) i k : i \in indices (map size net) -> (k < size net)%N ->
  (nth 0 i k < size (nth [::] net k))%N.
Proof. by move=> iin lt; have := indices_nth iin; rewrite size_map => /(_ k lt); rewrite (nth_map [::]). Qed.

(* Two multi-indices with one end take shifts whose differences add up, coordinate by coordinate, to 0 in the group. *)
Definition balanced (group : seq Z) net i j (order : seq nat) := forall c, (c < size group)%N ->
  Z.divide (nth Z0 group c) (\big[Z.add/Z0]_(k <- order) Z.sub (part net i c k) (part net j c k)).

Lemma big_sub net i j c (s : seq nat) :
  \big[Z.add/Z0]_(k <- s) Z.sub (part net i c k) (part net j c k) = Z.sub (total net i c s) (total net j c s).
Proof. by elim: s => [|k s IH]; rewrite ?big_nil // !big_cons IH; lia. Qed.

Lemma ends_balanced (group : seq Z) net v (x : position) i j order : well_formed_network group net -> size x = size group ->
  i \in indices (map size net) -> j \in indices (map size net) -> perm_eq order (iota 0 (size net)) ->
  end_of group net v x i = end_of group net v x j -> balanced group net i j order.
Proof.
move=> wf sx iin jin pe e c lt; rewrite big_sub !(perm_big _ pe) /=.
exact: ends_total e.
Qed.

Lemma same_choices (net : seq (seq tap)) i j order : i \in indices (map size net) -> j \in indices (map size net) ->
  perm_eq order (iota 0 (size net)) -> (forall k, k \in order -> nth 0 i k = nth 0 j k) -> i = j.
Proof.
move=> iin jin pe all; apply: (@eq_from_nth _ 0); rewrite ?(indices_size iin) ?(indices_size jin) // size_map => k lt.
by apply: all; rewrite (perm_mem pe) mem_iota.
Qed.

Section Choices.
Variables (group : seq Z) (net : seq (seq tap)) (i j : seq nat).
Hypotheses (wf : well_formed_network group net) (iin : i \in indices (map size net)) (jin : j \in indices (map size net)).

Let at_level (i : seq nat) k := shift (tap_at (nth [::] net k) (nth 0 i k)).

Lemma at_level_listed i' k : i' \in indices (map size net) -> (k < size net)%N ->
  [/\ size (at_level i' k) = size group, at_level i' k = nth [::] (shifts (nth [::] net k)) (nth 0 i' k)
    & (nth 0 i' k < size (shifts (nth [::] net k)))%N].
Proof.
move=> i'in lt; have ch := chosen i'in lt; split; first exact: sized.
  by rewrite (nth_map (Tap 0 0 [::])).
by rewrite size_map.
Qed.

Lemma nth_residues m x c : (c < size m)%N -> size x = size m -> nth Z0 (residues m x) c = Z.modulo (nth Z0 x c) (nth Z0 m c).
Proof. by move=> lt sx; rewrite (nth_map (Z0, Z0)) ?size_zip ?sx ?minnn // nth_zip. Qed.

Lemma dividesP m n : divides m n -> Z.divide m n.
Proof.
move=> /Z.eqb_eq; case: (Z.eqb_spec m 0) => [->|ne]; first by rewrite Zmod_0_r => ->; exists Z0.
by move=> e; apply/(Z.mod_divide _ _ ne).
Qed.

Lemma all2_divides m n c : all2 divides m n -> (c < size m)%N -> Z.divide (nth Z0 m c) (nth Z0 n c).
Proof.
elim: m n c => [|a m IH] [|b n] [|c] //= /andP[ab mn]; first by move=> _; apply: dividesP.
exact: IH.
Qed.

Lemma all2_size (T U : Type) (r : T -> U -> bool) m n : all2 r m n -> size m = size n.
Proof. by elim: m n => [|a m IH] [|b n] //= /andP[_ /IH->]. Qed.

Lemma modulo_divide a b m : Z.modulo a m = Z.modulo b m -> Z.divide m (Z.sub a b).
Proof.
case: (Z.eqb_spec m 0) => [->|ne]; first by rewrite !Zmod_0_r => ->; exists Z0; lia.
by move=> e; exists (Z.sub (Z.div a m) (Z.div b m)); have := Z.div_mod a m ne; have := Z.div_mod b m ne; rewrite e; lia.
Qed.

Lemma divide_modulo a b m : Z.divide m (Z.sub a b) -> Z.modulo a m = Z.modulo b m.
Proof. by move=> [q E]; rewrite (_ : a = Z.add b (Z.mul q m)) ?Z_mod_plus_full //; lia. Qed.

(* The shifts of the levels in `order` differ by multiples of `before`, which divides the group. *)
Lemma radix_coset order before moduli : all (fun k => k < size net)%N order -> size before = size group ->
  radix group (reordered net order) before moduli ->
  forall c, (c < size group)%N -> Z.divide (nth Z0 before c) (nth Z0 group c) /\
    forall k, k \in order -> Z.divide (nth Z0 before c) (Z.sub (part net i c k) (part net j c k)).
Proof.
elim: order before moduli => [|k order IH] before [|after moduli] //= .
  by move=> _ sb dv c lt; split=> //; apply: all2_divides; rewrite ?sb.
move=> /andP[ltk lto] sb /and4P[dv /allP co _ rest] c lt.
have [dg dk] := IH after moduli lto (esym (etrans (esym sb) (all2_size dv))) rest c lt.
have d : Z.divide (nth Z0 before c) (nth Z0 after c) by apply: all2_divides; rewrite ?sb.
split; first exact: Z.divide_trans dg.
move=> k'; rewrite inE => /orP[/eqP->|/dk]; last exact: Z.divide_trans.
have [si ei li] := at_level_listed iin ltk; have [sj ej lj] := at_level_listed jin ltk.
have := co _ (mem_nth [::] li); have := co _ (mem_nth [::] lj); rewrite -ei -ej => /eqP <- /eqP /(congr1 (nth Z0 ^~ c)).
by rewrite !nth_residues ?sb // => /modulo_divide.
Qed.

Lemma radix_choices order before moduli : all (fun k => k < size net)%N order -> size before = size group ->
  radix group (reordered net order) before moduli -> balanced group net i j order ->
  forall k, k \in order -> nth 0 i k = nth 0 j k.
Proof.
elim: order before moduli => [|k order IH] before [|after moduli] //= /andP[ltk lto] sb /and4P[dv _ un rest] bal.
have sa : size after = size group by rewrite -sb (all2_size dv).
have cos := radix_coset lto sa rest.
have [si ei li] := at_level_listed iin ltk; have [sj ej lj] := at_level_listed jin ltk.
have ek : nth 0 i k = nth 0 j k.
  apply/eqP; rewrite -(nth_uniq [::] _ _ un) ?size_map //; last first.
    by move: lj; rewrite size_map.
    by move: li; rewrite size_map.
  rewrite !(nth_map [::]) -?ei -?ej //; apply/eqP/(@eq_from_nth _ Z0); first by rewrite !size_map !size_zip si sj.
  move=> c; rewrite size_map size_zip sa si minnn => lt; rewrite !nth_residues ?sa //; apply: divide_modulo.
  have [dg dk] := cos c lt; have := bal c lt; rewrite big_cons => /(Z.divide_trans _ _ _ dg).
  set S := BigOp.bigop _ _ _; suff: Z.divide (nth Z0 after c) S.
    by move=> [p P] [q Q]; exists (Z.sub q p); move: Q; rewrite /part -/(at_level i k) -/(at_level j k); lia.
  rewrite /S big_seq; elim/big_ind: _ => [|a b [p P] [q Q]|k' kin]; first by exists Z0.
    by exists (Z.add p q); lia.
  exact: dk.
move=> k'; rewrite inE => /orP[/eqP-> //|]; apply: (IH after moduli) => // c lt.
by have := bal c lt; rewrite big_cons /part ek Z.sub_diag.
Qed.
End Choices.

Lemma fold_bounds (x d : Z) xs : x \in xs -> Z.le x (foldr Z.max d xs) /\ Z.le (foldr Z.min d xs) x.
Proof.
elim: xs => [|a xs IH] //=; rewrite inE => /orP[/eqP->|/IH[]]; first by lia.
by split; lia.
Qed.

Lemma within_diameter xs a b : a \in xs -> b \in xs -> Z.le (Z.abs (Z.sub a b)) (diameter xs).
Proof.
move=> ain bin; rewrite /diameter.
by have [] := fold_bounds (head Z0 xs) ain; have [] := fold_bounds (head Z0 xs) bin; lia.
Qed.

Lemma growing_choices n net i j order reach e : well_formed_network [:: n] net ->
  i \in indices (map size net) -> j \in indices (map size net) -> all (fun k => k < size net)%N order ->
  growing n (reordered net order) reach -> Z.le (Z.abs e) reach ->
  Z.divide n (Z.add e (\big[Z.add/Z0]_(k <- order) Z.sub (part net i 0 k) (part net j 0 k))) ->
  e = Z0 /\ forall k, k \in order -> nth 0 i k = nth 0 j k.
Proof.
move=> wf iin jin; elim: order reach e => [|k order IH] reach e /=.
  move=> _ final small [q]; rewrite big_nil Z.add_0_r => E; split=> //.
  move: final => /orP[/Z.eqb_eq z|/Z.ltb_lt large]; first by rewrite E z; lia.
  have: q = Z0 \/ Z.le 1 (Z.abs q) by lia.
  by case=> [q0|q1]; [rewrite E q0 | move: small; rewrite E Z.abs_mul; nia].
move=> /andP[ltk lto] /andP[/(pairwiseP Z0) gap rest] small; rewrite big_cons Z.add_assoc => dv.
set xs := coordinate _ in gap rest.
have value i' : i' \in indices (map size net) -> (nth 0 i' k < size xs)%N /\ part net i' 0 k = nth Z0 xs (nth 0 i' k).
  move=> i'in; have [_ e' lt] := at_level_listed wf i'in ltk; split; first by rewrite size_map.
  by rewrite /part e' (nth_map [::]) // nth0.
have [li vi] := value i iin; have [lj vj] := value j jin.
have d := within_diameter (mem_nth Z0 li) (mem_nth Z0 lj); rewrite -vi -vj in d.
have small' : Z.le (Z.abs (Z.add e (Z.sub (part net i 0 k) (part net j 0 k)))) (Z.add reach (diameter xs)) by lia.
have [zero same] := IH _ _ lto rest small' dv.
have ek : nth 0 i k = nth 0 j k.
  case: (ltngtP (nth 0 i k) (nth 0 j k)) => // lt.
    by have := gap _ _ li lj lt; rewrite -vi -vj => /Z.ltb_lt; lia.
  by have := gap _ _ lj li lt; rewrite -vi -vj => /Z.ltb_lt; lia.
split; first by move: zero; rewrite vi vj ek; lia.
by move=> k'; rewrite inE => /orP[/eqP->|/same].
Qed.

Section Soundness.
Variable F : fieldType.

Lemma order_range (net : seq (seq tap)) order : perm_eq order (iota 0 (size net)) -> all (fun k => k < size net)%N order.
Proof. by move=> pe; apply/allP => k; rewrite (perm_mem pe) mem_iota. Qed.

Theorem mixed_radix_sound group net root order moduli : mixed_radix group net order moduli -> path_uniform F group net root.
Proof.
case/and3P=> wf pe ok; apply: distinct_sound => i j /path_listed iin /path_listed jin e.
apply: (same_choices iin jin pe); apply: (radix_choices wf iin jin (order_range pe) _ ok); rewrite ?size_map //.
by apply: (ends_balanced wf _ iin jin pe e); rewrite size_map.
Qed.

Theorem superincreasing_sound n net root order : superincreasing n net order -> path_uniform F [:: n] net root.
Proof.
case/and3P=> wf pe ok; apply: distinct_sound => i j /path_listed iin /path_listed jin e.
apply: (same_choices iin jin pe); apply: (proj2 (growing_choices (e := Z0) wf iin jin (order_range pe) ok _ _)) => //.
by rewrite Z.add_0_l; have := ends_balanced wf _ iin jin pe e; apply.
Qed.
End Soundness.

(* 10.3a as a whole: any subgroups H_0, H_1, ... of any abelian group; level k is the k-th in their order. *)
Section Subgroups.
Import GRing.Theory.
Local Open Scope ring_scope.
Variable G : zmodType.

Theorem distinct_by_subgroups (s : seq nat) (H : nat -> G -> Prop) (t : nat -> nat -> G) :
  (forall k, H k 0 /\ forall x y, H k x -> H k y -> H k (x - y)) -> (forall k x, H k.+1 x -> H k x) ->
  (forall k a b, (k < size s)%N -> (a < nth 0%N s k)%N -> (b < nth 0%N s k)%N ->
    H k (t k a - t k b) /\ (H k.+1 (t k a - t k b) -> a = b)) ->
  forall i j, i \in indices s -> j \in indices s ->
  \sum_(k < size s) t k (nth 0%N i k) = \sum_(k < size s) t k (nth 0%N j k) -> i = j.
Proof.
elim: s H t => [|n s IH] H t group down taps i j; first by rewrite !inE => /eqP-> /eqP->.
case: i j => [|a i] [|b j]; try by [move=> /indices_size | move=> _ /indices_size].
rewrite !mem_indices => /andP[la iin] /andP[lb jin]; rewrite !big_ord_recl /= => e.
pose H' k := H k.+1; pose t' k := t k.+1.
have taps' k c d (lt : (k < size s)%N) := taps k.+1 c d lt.
have first k x : H' k x -> H 1%N x by elim: k => [|k IHk] // /down/IHk.
have ab : a = b.
  apply: (proj2 (taps 0%N a b isT la lb)).
  have -> : t 0%N a - t 0%N b = \sum_(k < size s) (t' k (nth 0%N j k) - t' k (nth 0%N i k)).
    by rewrite sumrB; apply/eqP; rewrite subr_eq addrAC eq_sym subr_eq addrC -e addrC.
  apply: (big_ind (H 1%N)); first by case: (group 1%N).
    move=> x y hx hy; have [h0 sub] := group 1%N; rewrite -[y]opprK; apply: (sub) => //.
    by rewrite -sub0r; apply: sub.
  move=> k _; apply: (first k); apply: (proj1 (taps' k _ _ _ _ _)) => //; exact: indices_nth.
rewrite ab; congr cons; apply: (IH H' t') => // [k|k x|]; [exact: group | exact: down |].
by move: e; rewrite ab => /addrI.
Qed.
End Subgroups.
