(* Integers in a ring; sums of products in wrap-around 63-bit words. *)
From Coq Require Import ZArith Lia Uint63.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Delimit Scope Z_scope with coqZ.
Notation word := PrimInt63.int.

Section Scalar.
Variable R : ringType.

Lemma scalar_difference (z : Z) (a b : nat) : z = (Z.of_nat a - Z.of_nat b)%coqZ -> scalar R z = a%:R - b%:R.
Proof.
case: z => [|p|p] e /=.
- have -> : a = b by lia.
  by rewrite subrr.
- have -> : a = (b + Pos.to_nat p)%N by apply: Nat2Z.inj; rewrite -plusE; lia.
  by rewrite natrD addrC addKr.
have -> : b = (a + Pos.to_nat p)%N by apply: Nat2Z.inj; rewrite -plusE; lia.
by rewrite natrD opprD addrA subrr add0r.
Qed.

Lemma as_difference (z : Z) : z = (Z.of_nat (Z.to_nat z) - Z.of_nat (Z.to_nat (- z)))%coqZ.
Proof. lia. Qed.

Lemma scalarD x y : scalar R (x + y) = scalar R x + scalar R y.
Proof.
rewrite (scalar_difference (as_difference x)) (scalar_difference (as_difference y)).
set a := Z.to_nat x; set b := Z.to_nat (- x); set c := Z.to_nat y; set d := Z.to_nat (- y).
rewrite (@scalar_difference _ (a + c) (b + d)); first by rewrite !natrD opprD addrACA.
by rewrite /a /b /c /d -!plusE; lia.
Qed.

Lemma scalarM x y : scalar R (x * y) = scalar R x * scalar R y.
Proof.
rewrite (scalar_difference (as_difference x)) (scalar_difference (as_difference y)).
have := as_difference x; have := as_difference y.
set a := Z.to_nat x; set b := Z.to_nat (- x); set c := Z.to_nat y; set d := Z.to_nat (- y) => ey ex.
rewrite (@scalar_difference _ (a * c + b * d) (a * d + b * c)); last by rewrite -!plusE -!multE; lia.
by rewrite !natrD !natrM mulrBl !mulrBr opprB opprD addrACA.
Qed.

Lemma scalar1 : scalar R 1 = 1. Proof. by []. Qed.
End Scalar.

Lemma scalar_intr (R : ringType) z : (scalar [ringType of int] z)%:~R = scalar R z.
Proof. by case: z => [|p|p] //=; rewrite ?rmorphN /= rmorph_nat. Qed.

(* Congruence modulo 2^63. *)
Notation integer := (scalar [ringType of int]).
Lemma integer_pos p : integer (Zpos p) != 0.
Proof. by rewrite [integer _]/(_%:R) Num.Theory.pnatr_eq0 -lt0n; apply/ltP/Pos2Nat.is_pos. Qed.
Definition value (w : word) : int := integer (to_Z w).
Lemma half_sealed : {h : int | h = integer (2 ^ 62)}. (* sealed: nothing may unfold it in unary *)
Proof. exact: (exist _ _ erefl). Qed.
Definition half : int := sval half_sealed.
Lemma halfE : half = integer (2 ^ 62). Proof. exact: svalP half_sealed. Qed.
Lemma integer_wB : integer wB = half *+ 2.
Proof.
have -> : wB = (2 ^ 62 + 2 ^ 62)%coqZ by vm_compute.
by rewrite scalarD -halfE mulr2n.
Qed.
Definition congruent (a b : int) := exists k, a = b + half *+ 2 * k.
Infix "=~" := congruent (at level 70).

Lemma congruent_refl a : a =~ a. Proof. by exists 0; rewrite mulr0 addr0. Qed.
Lemma congruent_trans b a c : a =~ b -> b =~ c -> a =~ c.
Proof. by case=> k -> [m ->]; exists (m + k); rewrite mulrDr addrA. Qed.
Lemma congruentD a b c d : a =~ b -> c =~ d -> a + c =~ b + d.
Proof. by case=> k -> [m ->]; exists (k + m); rewrite mulrDr addrACA. Qed.
Lemma congruentM a b c d : a =~ b -> c =~ d -> a * c =~ b * d.
Proof.
case=> k -> [m ->]; exists (b * m + k * (d + half *+ 2 * m)).
by rewrite mulrDl mulrDr mulrDr -addrA; congr (_ + _); rewrite mulrCA -mulrA.
Qed.

Lemma congruent_mod z : integer (z mod wB) =~ integer z.
Proof.
exists (- integer (z / wB)); rewrite {2}(Z_div_mod_eq_full z wB) scalarD scalarM.
rewrite integer_wB.
by rewrite mulrN addrAC subrr add0r.
Qed.

Lemma value_add x y : value (x + y)%uint63 =~ value x + value y.
Proof. by rewrite /value add_spec -scalarD; apply: congruent_mod. Qed.
Lemma value_mul x y : value (x * y)%uint63 =~ value x * value y.
Proof. by rewrite /value mul_spec -scalarM; apply: congruent_mod. Qed.
Lemma value_of_Z z : value (of_Z z) =~ integer z.
Proof. by rewrite /value of_Z_spec; apply: congruent_mod. Qed.

(* Lists of words; missing entries are 0. *)
Fixpoint axpy (c : word) (x y : seq word) : seq word :=
  match x, y with
  | [::], _ => y
  | _, [::] => [seq (c * a)%uint63 | a <- x]
  | a :: x', b :: y' => (c * a + b)%uint63 :: axpy c x' y'
  end.

Definition at_place (x : seq word) s : int := value (nth 0%uint63 x s).

Lemma at_place_nil s : at_place [::] s = 0.
Proof. by rewrite /at_place nth_nil /value to_Z_0. Qed.

Lemma at_place_axpy c x y s : at_place (axpy c x y) s =~ value c * at_place x s + at_place y s.
Proof.
elim: x y s => [|a x IH] [|b y] s /=; rewrite ?at_place_nil.
- by rewrite mulr0 addr0; apply: congruent_refl.
- by rewrite mulr0 add0r; apply: congruent_refl.
- rewrite addr0 -[X in X =~ _]/(at_place [seq (c * a)%uint63 | a <- a :: x] s).
  have [lt|ge] := ltnP s (size (a :: x)).
    by rewrite /at_place (nth_map 0%uint63) //; apply: value_mul.
  by rewrite /at_place !nth_default ?size_map // mulr0; apply: congruent_refl.
case: s => [|s]; last exact: IH.
apply: congruent_trans (value_add _ _) _.
by apply: congruentD (value_mul _ _) (congruent_refl _).
Qed.

(* The words of t-th row of 2^62 times the identity. *)
Fixpoint all_zero (x : seq word) := if x is a :: x' then (a =? 0)%uint63 && all_zero x' else true.
Fixpoint unit_row (t : nat) (x : seq word) : bool :=
  match x, t with
  | a :: x', 0 => (a =? 4611686018427387904)%uint63 && all_zero x'
  | a :: x', t'.+1 => (a =? 0)%uint63 && unit_row t' x'
  | [::], _ => false
  end.

Lemma value_zero : value 0%uint63 = 0.
Proof. by rewrite /value to_Z_0. Qed.
Lemma value_top : value 4611686018427387904%uint63 = half.
Proof. rewrite halfE; apply: (congr1 integer); vm_compute; reflexivity. Qed.

Lemma at_place_zero x s : all_zero x -> at_place x s = 0.
Proof.
elim: x s => [|a x IH] s; first by rewrite at_place_nil.
by case/andP=> /eqb_correct-> z; case: s => [|s]; [exact: value_zero | exact: IH].
Qed.

Lemma at_place_unit t x s : unit_row t x -> at_place x s = half *+ (t == s).
Proof.
elim: x t s => [|a x IH] [|t] [|s] // /andP[/eqb_correct-> rest]; rewrite /at_place /=.
- exact: value_top.
- exact: (at_place_zero s rest).
- exact: value_zero.
exact: IH.
Qed.

(* A square integer matrix with B X = 2^62 I modulo 2^63 has a nonzero determinant. *)
Theorem nonsingular r (B X : 'M[int]_r) :
  (forall t s, (B *m X) t s =~ half *+ (t == s)) -> \det B != 0.
Proof.
move=> all; have half0 : half != 0.
  rewrite halfE; have -> : (2 ^ 62 = Zpos 4611686018427387904)%coqZ by vm_compute.
  exact: integer_pos.
have quotient t s : {k | (B *m X) t s = half *+ (t == s) + half *+ 2 * k}.
  have ex : exists k, (B *m X) t s == half *+ (t == s) + half *+ 2 * k by case: (all t s) => k ->; exists k.
  by exists (xchoose ex); apply/eqP/(xchooseP ex).
pose Y := \matrix_(t, s) sval (quotient t s).
have e : B *m X = half *: (1%:M + 2%:R *: Y).
  apply/matrixP=> t s; rewrite !mxE; have := svalP (quotient t s); move: (sval _) => k.
  rewrite mxE => ->; by rewrite mulrDr mulr_natr mulrA mulr_natr.
apply/eqP=> d0; have := congr1 determinant e.
rewrite det_mulmx d0 mul0r detZ => /esym/eqP; rewrite mulf_eq0 expf_eq0 (negbTE half0) andbF /=.
move=> /eqP d1.
have : \det (map_mx (intmul (1 : 'F_2)) (1%:M + 2%:R *: Y)) = 0 by rewrite det_map_mx d1 rmorph0.
rewrite map_mxD map_mx1 map_mxZ rmorph_nat.
have -> : 2%:R = 0 :> 'F_2 by apply/eqP.
by rewrite scale0r addr0 det1 => /eqP; rewrite oner_eq0.
Qed.
