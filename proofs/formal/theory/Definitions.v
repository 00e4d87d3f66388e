(* What the theorems speak about. A reader who believes this file, Coq, and the statement at the end of an
   instance needs nothing else. Indices are natural numbers from 0; the field is arbitrary. *)
From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Points.
Variable F : fieldType.

(* 1. Points: h k j is parameter j of layer k. For the sizes s = [:: S_1; ...; S_K] only k < K and j < S_k matter. *)
Definition point := nat -> nat -> F.
Definition tail (h : point) : point := fun k => h k.+1.

(* Every layer of h is a nonzero vector. *)
Definition nonzero (s : seq nat) (h : point) :=
  forall k, (k < size s)%N -> exists2 j, (j < nth 0%N s k)%N & h k j != 0.

(* g_k = lambda_k h_k for all k, the product of the lambda_k being 1. *)
Definition equivalent (s : seq nat) (h g : point) := exists2 lambda : nat -> F, \prod_(k < size s) lambda k = 1 &
  forall k j, (k < size s)%N -> (j < nth 0%N s k)%N -> g k j = lambda k * h k j.

(* Each point without a zero layer is determined, up to such scalars, by what is the same for the points h and g. *)
Definition identifiable (s : seq nat) (same : point -> point -> Prop) :=
  forall h, nonzero s h -> forall g, same h g -> equivalent s h g.

(* h_1[i_1] ... h_K[i_K], for i = [:: i_1; ...; i_K]. *)
Fixpoint tensor (h : point) (i : seq nat) : F := if i is j :: i' then h 0%N j * tensor (tail h) i' else 1.

(* 2. Chains. M : F^pars -> F^(rows x cols), linear; coef j a b is the entry (a, b) of M(e_j). *)
Record layer := Layer { rows : nat; cols : nat; pars : nat; coef : nat -> nat -> nat -> F }.
Definition operator (l : layer) (x : nat -> F) (a b : nat) : F := \sum_(j < pars l) x j * coef l j a b.

(* The entry (a, b) of M_1(h_1) ... M_K(h_K). *)
Fixpoint phi (ls : seq layer) (h : point) (a b : nat) : F :=
  if ls is l :: ls' then \sum_(c < cols l) operator l (h 0%N) a c * phi ls' (tail h) c b else (a == b)%:R.

Definition height (ls : seq layer) := head 0%N (map rows ls).
Definition width (ls : seq layer) := last 0%N (map cols ls).
Definition same_product ls (h g : point) :=
  forall a b, (a < height ls)%N -> (b < width ls)%N -> phi ls h a b = phi ls g a b.
Definition uniformly_identifiable ls := identifiable (map pars ls) (same_product ls).
End Points.

(* 3. Architectures as data: integer entries, over every field. *)
Record entry := Entry { row : N; col : N; par : N; value : Z }.
Inductive structure :=
  | Placement (m n s : N) (e : seq entry)           (* the entries as listed; repeated ones add up *)
  | Circulant (n : N) (shifts : seq N)              (* n x n, parameter j at (a, a - shift_j mod n) *)
  | After (m : N) (B : seq entry) (l : structure)   (* B M(h), B fixed with m rows (the field par of B is not read) *)
  | Before (l : structure) (n : N) (B : seq entry). (* M(h) B, B fixed with n columns *)

Fixpoint shape (l : structure) : N * N * N :=       (* rows, columns, parameters *)
  match l with
  | Placement m n s _ => (m, n, s)
  | Circulant n t => (n, n, N.of_nat (size t))
  | After m _ l => let: (_, n, s) := shape l in (m, n, s)
  | Before l n _ => let: (m, _, s) := shape l in (m, n, s)
  end.

Definition join (A B : seq entry) (name : entry -> entry -> N) : seq entry :=
  flatten [seq [seq Entry (row x) (col y) (name x y) (value x * value y) | y <- B & N.eqb (col x) (row y)] | x <- A].
Fixpoint entries (l : structure) : seq entry :=
  match l with
  | Placement _ _ _ e => e
  | Circulant n t => flatten [seq [seq Entry (N.of_nat a) (N.modulo (N.of_nat a + (n - N.modulo (nth 0%num t j) n)) n) (N.of_nat j) 1
                                  | j <- iota 0 (size t)] | a <- iota 0 (N.to_nat n)]
  | After _ B l => join B (entries l) (fun _ y => par y)
  | Before l _ B => join (entries l) B (fun x _ => par x)
  end.

(* Every index lies within the shape, and the widths of neighbours agree: nothing is padded or cut off. *)
Definition within (m n s : N) (e : seq entry) :=
  all (fun x => [&& N.ltb (row x) m, N.ltb (col x) n & N.ltb (par x) s]) e.
Fixpoint fits (l : structure) : bool :=
  match l with
  | Placement m n s e => within m n s e
  | Circulant n t => N.ltb 0 n
  | After m B l => let: (m', _, _) := shape l in within m m' 1 B && fits l
  | Before l n B => let: (_, n', _) := shape l in within n' n 1 B && fits l
  end.
Definition well_formed (ls : seq structure) : bool :=
  all fits ls && if ls is l :: ls' then path (fun l r => N.eqb (shape l).1.2 (shape r).1.1) l ls' else false.

Definition scalar (R : ringType) (z : Z) : R :=     (* the integer z in R *)
  match z with Z0 => 0 | Zpos p => (Pos.to_nat p)%:R | Zneg p => - (Pos.to_nat p)%:R end.
Definition over (F : fieldType) (l : structure) : layer F :=
  let: (m, n, s) := shape l in
  Layer (N.to_nat m) (N.to_nat n) (N.to_nat s) (fun j a b =>
    \sum_(x <- entries l | (N.to_nat (row x) == a) && (N.to_nat (col x) == b) && (N.to_nat (par x) == j)) scalar F (value x)).
Definition characteristic_zero (F : fieldType) := [char F] =i pred0.

(* 4. Convolutional networks. A position has one integer for each entry n of the group, counted modulo n where n > 0.
   A level lists the taps of all its edges, which are its parameters; an edge leads from its source to its target,
   which is nearer the root. Levels are listed from the root. *)
Definition position := seq Z.
Record tap := Tap { source : N; target : N; shift : position }.
Definition tap_at (level : seq tap) (j : nat) : tap := nth (Tap 0 0 [::]) level j.
Definition translate (group : seq Z) (x s : position) : position :=
  [seq (if Z.eqb t.1 0 then Z.add t.2.1 t.2.2 else Z.modulo (Z.add t.2.1 t.2.2) t.1) | t <- zip group (zip x s)].
Definition origin (group : seq Z) : position := [seq Z0 | _ <- group].
Definition well_formed_network (group : seq Z) (net : seq (seq tap)) : bool :=
  all (all (fun t => size (shift t) == size group)) net.

(* One tap of every level, each leaving from where the next arrives, the first one arriving at v. *)
Fixpoint is_path (net : seq (seq tap)) (v : N) (i : seq nat) : bool :=
  match net, i with
  | level :: net', j :: i' =>
    [&& (j < size level)%N, N.eqb (target (tap_at level j)) v & is_path net' (source (tap_at level j)) i']
  | [::], [::] => true
  | _, _ => false
  end.

Section Networks.
Variable F : fieldType.
Variables (group : seq Z) (net : seq (seq tap)) (root : N).

(* Coefficient at y of the kernel from a leaf to node v, all shifted by x: one sum of convolutions over the paths. *)
Fixpoint kernel (net : seq (seq tap)) (h : point F) (v : N) (x : position) (leaf : N) (y : position) : F :=
  if net is level :: net' then
    \sum_(j < size level) (let t := tap_at level j in if N.eqb (target t) v then
      h 0%N j * kernel net' (tail h) (source t) (translate group x (shift t)) leaf y else 0)
  else (N.eqb v leaf && all2 Z.eqb x y)%:R.
Definition same_kernels (h g : point F) := forall leaf y,
  kernel net h root (origin group) leaf y = kernel net g root (origin group) leaf y.

(* Modulo path scalings, zero layers and zero edges allowed: equal kernels at the leaves, equal tensors on the paths. *)
Definition path_uniform := forall h g, same_kernels h g -> forall i, is_path net root i -> tensor h i = tensor g i.
(* Modulo scalars of the layers. *)
Definition network_identifiable := identifiable (map size net) same_kernels.
End Networks.
