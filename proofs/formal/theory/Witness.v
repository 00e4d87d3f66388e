(* 8.1: a pair of integer points with equal products and different tensors, checked by exact evaluation. *)
From Coq Require Import ZArith NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions Lifting Words Kernel.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Definition vector := seq Z.
Fixpoint combine (c : Z) (x y : vector) : vector :=       (* c x + y; missing entries are 0 *)
  match x, y with
  | [::], _ => y
  | _, [::] => [seq Z.mul c a | a <- x]
  | a :: x', b :: y' => Z.add (Z.mul c a) b :: combine c x' y'
  end.

(* The rows of M_1(h_1) ... M_K(h_K); n is the number of columns. *)
Fixpoint evaluate (ls : seq structure) (n : N) (h : seq vector) : seq vector :=
  if ls is l :: ls' then
    let M := evaluate ls' n (behead h) in
    let x := head [::] h in
    let es := entries l in
    [seq foldr (fun e acc => combine (Z.mul (nth Z0 x (N.to_nat (par e))) (Definitions.value e)) (nth [::] M (N.to_nat (col e))) acc)
               [::] [seq e <- es | N.eqb (row e) (N.of_nat a)] | a <- iota 0 (N.to_nat (shape l).1.1)]
  else [seq rcons (nseq a Z0) 1%coqZ | a <- iota 0 (N.to_nat n)].

Definition top (ls : seq structure) (n : N) : N := if ls is l :: _ then (shape l).1.1 else n.
Fixpoint matched (ls : seq structure) (n : N) : bool :=
  if ls is l :: ls' then N.eqb (shape l).1.2 (top ls' n) && matched ls' n else true.

Definition entry_at (M : seq vector) a b : Z := nth Z0 (nth [::] M a) b.
Fixpoint integer_tensor (h : seq vector) (i : seq nat) : Z :=
  if i is j :: i' then Z.mul (nth Z0 (head [::] h) j) (integer_tensor (behead h) i') else 1%coqZ.
Fixpoint layer_of (h : seq vector) (k : nat) : vector := if k is k'.+1 then layer_of (behead h) k' else head [::] h.
Definition counts (ls : seq structure) : seq nat := [seq N.to_nat (shape l).2 | l <- ls].

(* h has no zero layer, and at the multi-index i its tensor is not that of g. *)
Definition apart (s : seq nat) (h g : seq vector) (i : seq nat) : bool :=
  [&& all (fun k => has (fun j => ~~ Z.eqb (nth Z0 (layer_of h k) j) 0) (iota 0 (nth 0%N s k))) (iota 0 (size s)),
      size i == size s, all2 (fun j n => j < n)%N i s & ~~ Z.eqb (integer_tensor h i) (integer_tensor g i)].

Definition check_witness (ls : seq structure) (h g : seq vector) (i : seq nat) : bool :=
  let n := (extent ls).2 in let m := (extent ls).1 in
  let H := evaluate ls n h in let G := evaluate ls n g in
  [&& well_formed ls, matched ls n,
      all (fun a => all (fun b => Z.eqb (entry_at H a b) (entry_at G a b)) (iota 0 (N.to_nat n))) (iota 0 (N.to_nat m))
    & apart (counts ls) h g i].

Section Soundness.
Variable F : fieldType.

Definition at_integers (h : seq vector) : point F := fun k j => scalar F (nth Z0 (layer_of h k) j).

Lemma tail_at_integers h : tail (at_integers h) = at_integers (behead h).
Proof. by []. Qed.

Lemma nth_combine c x y b : scalar F (nth Z0 (combine c x y) b) = scalar F c * scalar F (nth Z0 x b) + scalar F (nth Z0 y b).
Proof.
elim: x y b => [|a x IH] y b; first by rewrite nth_nil mulr0 add0r.
case: y => [|d y]; last by case: b => [|b]; [rewrite /= scalarD scalarM | exact: IH].
rewrite -[combine _ _ _]/([seq Z.mul c e | e <- a :: x]) nth_nil addr0.
have [lt|ge] := ltnP b (size (a :: x)); first by rewrite (nth_map Z0) // scalarM.
by rewrite !nth_default ?size_map //= mulr0.
Qed.

Lemma operatorE l x a c : fits l -> operator (over F l) x a c =
  \sum_(e <- entries l | (N.to_nat (row e) == a) && (N.to_nat (col e) == c)) x (N.to_nat (par e)) * scalar F (Definitions.value e).
Proof.
move=> fl; have [_ _ pE coefE] := overE F l; rewrite /operator.
under [LHS]eq_bigr do rewrite coefE mulr_sumr.
rewrite (exchange_big_dep (fun e => (N.to_nat (row e) == a) && (N.to_nat (col e) == c))) /=; last first.
  by move=> j e _ /andP[].
rewrite big_seq_cond [RHS]big_seq_cond; apply: eq_bigr => e /andP[ein ok].
have lt : (N.to_nat (par e) < pars (over F l))%N.
  by rewrite pE; apply: to_nat_lt; have /allP/(_ e ein)/and3P[] := fits_within fl.
rewrite (big_pred1 (Ordinal lt)) // => j; rewrite ok /= -val_eqE /=; exact: eq_sym.
Qed.

Lemma evaluateE ls n h a b : all fits ls -> matched ls n -> (a < N.to_nat (top ls n))%N ->
  scalar F (entry_at (evaluate ls n h) a b) = phi (map (over F) ls) (at_integers h) a b.
Proof.
rewrite /entry_at; elim: ls h a => [|l ls IH] h a /=.
  move=> _ _ lt; rewrite (nth_map 0%N) ?size_iota // nth_iota // nth_rcons size_nseq nth_nseq.
  by case: ltngtP => // [lt'|<-]; rewrite ?if_same ?eqxx.
move=> /andP[fl fls] /andP[/N.eqb_eq colE mt] lt.
rewrite (nth_map 0%N) ?size_iota // nth_iota // add0n tail_at_integers.
have [_ colsE pE coefE] := overE F l.
pose M := evaluate ls n (behead h).
transitivity (\sum_(e <- [seq e <- entries l | N.eqb (row e) (N.of_nat a)])
    at_integers h 0%N (N.to_nat (par e)) * scalar F (Definitions.value e) * scalar F (nth Z0 (nth [::] M (N.to_nat (col e))) b)).
  elim: [seq e <- entries l | _] => [|e es IHe]; first by rewrite big_nil /= nth_nil.
  by rewrite big_cons /= nth_combine IHe scalarM.
rewrite big_filter.
under [RHS]eq_bigr do rewrite operatorE // big_distrl /=.
rewrite (exchange_big_dep (fun e => N.to_nat (row e) == a)) /=; last by move=> c e _ /andP[].
rewrite (eq_bigl (fun e => N.to_nat (row e) == a)); last by move=> e; rewrite -to_natE Nat2N.id.
rewrite big_seq_cond [RHS]big_seq_cond; apply: eq_bigr => e /andP[ein ok].
have ltc : (N.to_nat (col e) < N.to_nat (shape l).1.2)%N.
  by apply: to_nat_lt; have /allP/(_ e ein)/and3P[] := fits_within fl.
have ltc' : (N.to_nat (col e) < cols (over F l))%N by rewrite colsE.
rewrite (big_pred1 (Ordinal ltc')) /=; last by move=> c; rewrite (eqP ok) eqxx /= -val_eqE /= eq_sym.
by rewrite -IH // -colE.
Qed.

Lemma scalar_zero z : characteristic_zero F -> scalar F z = 0 -> z = Z0.
Proof.
move=> /charf0P char0; case: z => //= p /eqP; rewrite ?oppr_eq0 char0 => /eqP e; have := Pos2Nat.is_pos p; by rewrite e => /ltP.
Qed.

Lemma scalar_inj : characteristic_zero F -> injective (scalar F).
Proof.
move=> char0 x y e; apply/Z.sub_move_0_r/(scalar_zero char0).
by rewrite -[Z.sub x y]/(Z.add x (Z.opp y)) scalarD e -scalarD Z.add_opp_diag_r.
Qed.

Lemma tensor_at_integers h i : tensor (at_integers h) i = scalar F (integer_tensor h i).
Proof.
elim: i h => [|j i IH] h; first by [].
by rewrite /= tail_at_integers IH scalarM.
Qed.

Lemma apart_sound s h g i : characteristic_zero F -> apart s h g i ->
  nonzero s (at_integers h) /\ ~ same_tensor s (at_integers h) (at_integers g).
Proof.
move=> char0 /and4P[/allP nz /eqP sz ini differ]; split.
  move=> k lt; have /hasP[j] : has (fun j => ~~ Z.eqb (nth Z0 (layer_of h k) j) 0) (iota 0 (nth 0%N s k)).
    by apply: nz; rewrite mem_iota.
  rewrite mem_iota add0n /= => ltj ne; exists j => //.
  by apply/eqP => /(scalar_zero char0) e; move: ne; rewrite e.
have iin : i \in indices s.
  elim: s i ini {sz nz differ} => [|n s IH] [|j i] //.
  by rewrite mem_indices => /andP[-> /IH].
move=> /(_ i iin); rewrite !tensor_at_integers => /(scalar_inj char0) e.
by move: differ; rewrite e Z.eqb_refl.
Qed.

Theorem check_witness_sound ls h g i : characteristic_zero F -> check_witness ls h g i ->
  ~ uniformly_identifiable (map (over F) ls).
Proof.
move=> char0 /and4P[wf mt /allP same ap].
have fls : all fits ls by case/andP: wf.
have sizesE : sizes (map (over F) ls) = counts ls.
  by rewrite /sizes /counts -map_comp; apply: eq_map => l /=; case: (overE F l).
have [heightE widthE] := extentE F ls.
have [nz differ] := apart_sound char0 ap; rewrite -sizesE in nz differ.
apply: (refuted_by_pair nz _ differ) => a b; rewrite heightE widthE => lta ltb.
have topE : N.to_nat (top ls (extent ls).2) = N.to_nat (extent ls).1 by case: ls {nz same differ ap fls mt sizesE heightE widthE lta ltb} wf => //.
rewrite -!(@evaluateE _ _ _ _ _ fls mt) ?topE //; congr (scalar F _); apply/Z.eqb_eq.
have ain : a \in iota 0 (N.to_nat (extent ls).1) by rewrite mem_iota.
have bin : b \in iota 0 (N.to_nat (extent ls).2) by rewrite mem_iota.
by have /allP := same a ain; apply.
Qed.
End Soundness.
