(* Ker A = 0 checked by computation: a square minor B of A, rebuilt here from the architecture, and a matrix X
   with B X = 2^62 I in 63-bit words. X comes from anywhere: nothing is assumed of it. *)
From Coq Require Import ZArith NArith Uint63.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions Lifting Words.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

(* All ways from row a through the layers: the multi-index, the column reached, the product of the values. *)
Definition way := (seq N * N * Z)%type.
Fixpoint ways (tables : seq (seq entry)) (a : N) : seq way :=
  if tables is e :: t then
    flatten [seq [seq (par x :: w.1.1, w.1.2, Z.mul (Definitions.value x) w.2) | w <- ways t (col x)] | x <- e & N.eqb (row x) a]
  else [:: ([::], a, 1%coqZ)].

Definition row_of_product (X : seq N -> seq word) (scale : word) (c : N) (ws : seq way) : seq word :=
  foldr (fun w acc => axpy (of_Z w.2 * scale)%uint63 (X w.1.1) acc) [::] [seq w <- ws | N.eqb w.1.2 c].

Definition product_rows (ls : seq structure) X scale (cells : seq (N * seq N)) : seq (seq word) :=
  let tables := map entries ls in
  flatten [seq (let ws := ways tables g.1 in [seq row_of_product X scale c ws | c <- g.2]) | g <- cells].

Definition cell_list (cells : seq (N * seq N)) : seq (N * N) := flatten [seq [seq (g.1, c) | c <- g.2] | g <- cells].

Definition extent (ls : seq structure) : N * N :=
  (head 0%num [seq (shape l).1.1 | l <- ls], last 0%num [seq (shape l).1.2 | l <- ls]).
Definition parameter_count (ls : seq structure) : N := foldr (fun l n => N.mul (shape l).2 n) 1%num ls.

Fixpoint unit_rows (t : nat) (rs : seq (seq word)) : bool :=
  if rs is r :: rs' then unit_row t r && unit_rows t.+1 rs' else true.

Definition check_kernel (ls : seq structure) (cells : seq (N * seq N)) (scale : word) (X : seq N -> seq word) : bool :=
  [&& well_formed ls,
      all (fun c => N.ltb c.1 (extent ls).1 && N.ltb c.2 (extent ls).2) (cell_list cells),
      N.eqb (N.of_nat (size (cell_list cells))) (parameter_count ls)
    & unit_rows 0 (product_rows ls X scale cells)].

Lemma Z_eqP : Equality.axiom Z.eqb.
Proof. by move=> x y; apply: (iffP idP) => /Z.eqb_eq. Qed.
Canonical Z_eqType := EqType Z (EqMixin Z_eqP).
Definition entry_code (x : entry) := (row x, col x, par x, Definitions.value x).
Definition entry_decode c := let: (r, k, p, v) := c in Entry r k p v.
Lemma entry_codeK : cancel entry_code entry_decode. Proof. by case. Qed.
Canonical entry_eqType := EqType entry (CanEqMixin entry_codeK).

Section Soundness.
Variable F : fieldType.

Lemma to_natE (x y : N) : (N.to_nat x == N.to_nat y) = N.eqb x y.
Proof.
apply/eqP/idP => [/N2Nat.inj->|/N.eqb_eq->] //; exact: N.eqb_refl.
Qed.

Lemma to_nat_lt (x y : N) : N.ltb x y -> (N.to_nat x < N.to_nat y)%N.
Proof.
move=> /N.ltb_lt; rewrite -{1}(N2Nat.id x) -{1}(N2Nat.id y) => lt.
by apply/ltP; apply/Nat2Z.inj_lt; rewrite -!nat_N_Z; apply/N2Z.inj_lt.
Qed.


Lemma overE (l : structure) : [/\ rows (over F l) = N.to_nat (shape l).1.1, cols (over F l) = N.to_nat (shape l).1.2,
  pars (over F l) = N.to_nat (shape l).2 & forall j a b, coef (over F l) j a b = \sum_(x <- entries l |
    (N.to_nat (row x) == a) && (N.to_nat (col x) == b) && (N.to_nat (par x) == j)) scalar F (Definitions.value x)].
Proof. by rewrite /over; case: (shape l) => [[m n] s]. Qed.

Lemma join_within m n k s m' (A B : seq entry) name :
  within m k s A -> within m' n 1 B -> (forall x y, name x y = par x) -> within m n s (join A B name).
Proof.
rewrite /within => /allP wA /allP wB e; apply/allP => z /flatten_mapP[x xA /mapP[y]].
rewrite mem_filter => /andP[_ yB] -> /=; rewrite e.
by have /and3P[-> _ ->] := wA x xA; have /and3P[_ -> _] := wB y yB.
Qed.

Lemma join_within_left m n k s m' (B A : seq entry) name :
  within m m' 1 B -> within k n s A -> (forall x y, name x y = par y) -> within m n s (join B A name).
Proof.
rewrite /within => /allP wB /allP wA e; apply/allP => z /flatten_mapP[x xB /mapP[y]].
rewrite mem_filter => /andP[_ yA] -> /=; rewrite e.
by have /and3P[-> _ _] := wB x xB; have /and3P[_ -> ->] := wA y yA.
Qed.

Lemma of_nat_lt a (n : N) : (a < N.to_nat n)%N -> N.ltb (N.of_nat a) n.
Proof.
move=> /ltP /Nat2Z.inj_lt; rewrite N_nat_Z => lt; apply/N.ltb_lt/N2Z.inj_lt; by rewrite nat_N_Z.
Qed.

Lemma fits_within l : fits l -> within (shape l).1.1 (shape l).1.2 (shape l).2 (entries l).
Proof.
elim: l => [m n s e|n t|m B l IH|l IH n B] //=.
- move=> /N.ltb_lt pos; apply/allP => z /flatten_mapP[a]; rewrite mem_iota add0n => /= lta /mapP[j].
  rewrite mem_iota add0n => /= ltj -> /=; rewrite !of_nat_lt //=; last by rewrite Nat2N.id.
  by rewrite andbT; apply/N.ltb_lt/N.mod_lt => e; move: pos; rewrite e.
- case: (shape l) IH => [[m' n] s] /= IH /andP[wB /IH w]; exact: join_within_left wB w _.
case: (shape l) IH => [[m n'] s] /= IH /andP[wB /IH w]; exact: join_within w wB _.
Qed.

(* The column of A of a multi-index is the sum over the ways. *)
Lemma well_formed_cons l ls : well_formed (l :: ls) -> fits l /\
  (if ls is r :: _ then (shape l).1.2 = (shape r).1.1 /\ well_formed ls else True).
Proof. by case: ls => [|r ls] /=; rewrite /well_formed /= ?andbT // => /and3P[/andP[-> ->] /N.eqb_eq-> ->]. Qed.

Definition names (w : way) : seq nat := map N.to_nat w.1.1.
Notation lifted_layers ls := (map (over F) ls).

Lemma column_ways ls i a c : all fits ls -> size i = size ls ->
  column (lifted_layers ls) i (N.to_nat a) c =
  \sum_(w <- ways (map entries ls) a | (N.to_nat w.1.2 == c) && (names w == i)) scalar F w.2.
Proof.
elim: ls i a => [|l ls IH] [|j i] // a.
  by move=> _ _; rewrite /= big_cons big_nil /names /= andbT; case: eqP; rewrite ?addr0.
move=> /= /andP[fl fls] [sz]; have [_ -> _ coefE] := overE l.
under eq_bigr do rewrite coefE big_distrl /=.
rewrite (exchange_big_dep (fun x => (N.to_nat (row x) == N.to_nat a) && (N.to_nat (par x) == j))) /=; last first.
  by move=> b x _ /andP[/andP[-> _] ->].
rewrite big_flatten big_map big_filter [RHS]big_mkcond [LHS]big_mkcond /=.
apply: eq_big_seq => x xin; rewrite to_natE; case: (N.eqb _ _) => //=.
rewrite big_map /=; case: eqP => [<-|ne]; last first.
  by rewrite big_pred0 // => w; rewrite /names /= eqseq_cons; move/eqP/negbTE: ne => ->; rewrite andbF.
have lt : (N.to_nat (col x) < N.to_nat (shape l).1.2)%N.
  by apply: to_nat_lt; have /allP/(_ x xin)/and3P[] := fits_within fl.
rewrite (bigD1 (Ordinal lt)) /= ?eqxx // big1 ?addr0; last first.
  by move=> b /andP[/andP[/eqP e _] /eqP[]]; apply: val_inj.
rewrite IH // mulr_sumr; apply: eq_big => [w|w _]; last exact/esym/scalarM.
by rewrite /names /= eqseq_cons eqxx.
Qed.

Lemma ways_names ls a w : all fits ls -> w \in ways (map entries ls) a -> names w \in indices (sizes (lifted_layers ls)).
Proof.
elim: ls a w => [|l ls IH] a w /=; first by move=> _; rewrite inE => /eqP->; rewrite /names /= mem_head.
move=> /andP[fl fls] /flatten_mapP[x]; rewrite mem_filter => /andP[_ xin] /mapP[v vin ->].
rewrite -/(indices (_ :: _)) /names /= mem_indices; have [_ _ -> _] := overE l; rewrite (IH (col x)) // andbT.
by apply: to_nat_lt; have /allP/(_ x xin)/and3P[] := fits_within fl.
Qed.

Lemma indices_count ls : size (indices (sizes (lifted_layers ls))) = N.to_nat (parameter_count ls).
Proof.
elim: ls => [|l ls IH] //; rewrite [sizes _]/= [indices _]/= size_allpairs size_iota IH /=.
by have [_ _ -> _] := overE l; rewrite N2Nat.inj_mul.
Qed.

(* The words of a row of B X, read modulo 2^63. *)
Variables (X : seq N -> seq word) (scale : word).
Definition entry_of_X (i : seq nat) (s : nat) : int := Words.value scale * at_place (X (map N.of_nat i)) s.

Lemma at_place_row c ws s : at_place (row_of_product X scale c ws) s =~
  \sum_(w <- ws | N.eqb w.1.2 c) integer w.2 * entry_of_X (names w) s.
Proof.
rewrite -big_filter /row_of_product; elim: [seq w <- ws | _] => [|w vs IH].
  by rewrite big_nil /= at_place_nil; apply: congruent_refl.
rewrite big_cons; apply: congruent_trans (at_place_axpy _ _ _ _) _; apply: congruentD IH.
rewrite /entry_of_X mulrA /names -map_comp (eq_map (_ : _ =1 id)) ?map_id; last by move=> n /=; rewrite N2Nat.id.
apply: congruentM (congruent_refl _); apply: congruent_trans (value_mul _ _) _.
exact: congruentM (value_of_Z _) (congruent_refl _).
Qed.

Lemma unit_rowsP t rs k : unit_rows t rs -> (k < size rs)%N -> unit_row (t + k) (nth [::] rs k).
Proof.
elim: rs t k => [|r rs IH] t [|k] //= /andP[u us] lt; first by rewrite addn0.
by rewrite -addSnnS; apply: IH.
Qed.

Lemma product_rowsE ls cells : product_rows ls X scale cells =
  [seq row_of_product X scale c.2 (ways (map entries ls) c.1) | c <- cell_list cells].
Proof.
rewrite /product_rows /cell_list map_flatten -map_comp; congr flatten; apply: eq_map => g /=.
by rewrite -map_comp.
Qed.

Lemma extentE ls : ((height (lifted_layers ls) = N.to_nat (extent ls).1) * (width (lifted_layers ls) = N.to_nat (extent ls).2))%type.
Proof.
split; first by case: ls => [|l ls] //; rewrite /height /=; case: (overE l).
rewrite /width /extent; elim/last_ind: ls => [|ls l _] //; rewrite !map_rcons !last_rcons; by case: (overE l).
Qed.

Theorem check_kernel_injective ls cells : characteristic_zero F ->
  check_kernel ls cells scale X -> injective_lifting (lifted_layers ls).
Proof.
move=> /charf0P char0 /and4P[wf /allP inside /N.eqb_eq total rowsok] T ker.
have fls : all fits ls by case/andP: wf.
pose I := indices (sizes (lifted_layers ls)); pose r := size I.
pose cs := cell_list cells; pose cell (t : nat) := nth (0%num, 0%num) cs t.
have sizeI : size cs = r.
  by rewrite /r /I indices_count -(N2Nat.id (parameter_count ls)) -total !Nat2N.id.
pose way_of (t : nat) := ways (map entries ls) (cell t).1.
pose B := \matrix_(t < r, n < r)
  \sum_(w <- way_of t | N.eqb w.1.2 (cell t).2 && (names w == nth [::] I n)) integer w.2.
pose Y := \matrix_(n < r, s < r) entry_of_X (nth [::] I n) s.
have sumI (R : zmodType) (f : seq nat -> R) : \sum_(n < r) f (nth [::] I n) = \sum_(i <- I) f i.
  by rewrite (big_nth [::]) big_mkord.
have d0 : \det B != 0.
  apply: (@nonsingular _ B Y) => t s; rewrite mxE.
  under eq_bigr do rewrite !mxE.
  rewrite (sumI _ (fun i => (\sum_(w <- way_of t | N.eqb w.1.2 (cell t).2 && (names w == i)) integer w.2) * entry_of_X i s)).
  under eq_bigr do rewrite big_distrl /=.
  rewrite (exchange_big_dep (fun w => N.eqb w.1.2 (cell t).2)) /=; last by move=> i w _ /andP[].
  have -> : half *+ (t == s) = at_place (row_of_product X scale (cell t).2 (way_of t)) s.
    have lt : (t < size (product_rows ls X scale cells))%N by rewrite product_rowsE size_map sizeI.
    have := unit_rowsP rowsok lt; rewrite add0n product_rowsE (nth_map (0%num, 0%num)) ?sizeI // => /(at_place_unit s) ->.
    by [].
  suff -> : \sum_(w <- way_of t | N.eqb w.1.2 (cell t).2) \sum_(i <- I | N.eqb w.1.2 (cell t).2 && (names w == i)) integer w.2 * entry_of_X i s
    = \sum_(w <- way_of t | N.eqb w.1.2 (cell t).2) integer w.2 * entry_of_X (names w) s.
    by case: (at_place_row (cell t).2 (way_of t) s) => k ->; exists (- k); rewrite mulrN addrK.
  rewrite big_seq_cond [RHS]big_seq_cond; apply: eq_bigr => w /andP[win e].
  rewrite e big_mkcond (bigD1_seq (names w)) ?indices_uniq ?(ways_names fls win) //= eqxx big1 ?addr0 //.
  by move=> i ne; rewrite eq_sym (negbTE ne).
have dF : \det (map_mx (intmul (1 : F)) B) != 0.
  rewrite det_map_mx /=; case: (\det B) d0 => n; first by rewrite -[(Posz n)%:~R]/(n%:R) char0.
  by move=> _; rewrite NegzE mulrNz oppr_eq0 -[(Posz _)%:~R]/(n.+1%:R) char0.
pose u := \col_(n < r) T (nth [::] I n).
have Bu : map_mx (intmul (1 : F)) B *m u = 0.
  apply/matrixP => t z; rewrite !mxE.
  have lt : (t < size cs)%N by rewrite sizeI.
  have /andP[lr lc] := inside _ (mem_nth (0%num, 0%num) lt).
  have := ker (N.to_nat (cell t).1) (N.to_nat (cell t).2).
  rewrite !extentE => /(_ (to_nat_lt lr) (to_nat_lt lc)); rewrite /lifted -/I; apply: etrans.
  rewrite -(sumI _ (fun i => T i * column (lifted_layers ls) i (N.to_nat (cell t).1) (N.to_nat (cell t).2))).
  apply: eq_bigr => n _; rewrite !mxE mulrC column_ways //; last first.
    by rewrite (indices_size (mem_nth [::] (ltn_ord n))) !size_map.
  congr (_ * _); rewrite rmorph_sum /=; apply: eq_big => [w|w _]; first by rewrite to_natE.
  exact: scalar_intr.
have u0 : u = 0.
  have un : map_mx (intmul (1 : F)) B \in unitmx by rewrite unitmxE unitfE.
  by rewrite -(mulKmx un u) Bu mulmx0.
move=> i iin; have lt : (index i I < r)%N by rewrite index_mem.
by have := congr1 (fun v : 'cV_r => v (Ordinal lt) 0) u0; rewrite !mxE /= nth_index.
Qed.

Theorem check_kernel_sound ls cells : characteristic_zero F -> check_kernel ls cells scale X ->
  uniformly_identifiable (lifted_layers ls).
Proof. by move=> char0 ok; apply: kernel_zero (check_kernel_injective char0 ok). Qed.
End Soundness.
