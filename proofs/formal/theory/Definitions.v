(* What the theorems speak about. A reader who believes this file, Coq, and the statement at the end of an
   instance needs nothing else. Indices are natural numbers from 0; the field is arbitrary. *)
From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

(* 1. Chains of layers over a field. *)
Section Chains.
Variable F : fieldType.

(* M : F^pars -> F^(rows x cols), linear; coef j a b is the entry (a, b) of M(e_j). *)
Record layer := Layer { rows : nat; cols : nat; pars : nat; coef : nat -> nat -> nat -> F }.
(* h k j: parameter j of layer k; only k < K and j < S_k matter. *)
Definition point := nat -> nat -> F.

Definition sizes (ls : seq layer) : seq nat := map pars ls.                       (* S_1, ..., S_K *)
Definition height (ls : seq layer) := head 0%N (map rows ls).                     (* m_1 *)
Definition width (ls : seq layer) := last 0%N (map cols ls).                      (* m_(K+1) *)
Definition tail (h : point) : point := fun k => h k.+1.

Definition operator (l : layer) (x : nat -> F) (a b : nat) : F := \sum_(j < pars l) x j * coef l j a b.

(* The entry (a, b) of M_1(h_1) ... M_K(h_K). *)
Fixpoint phi (ls : seq layer) (h : point) (a b : nat) : F :=
  if ls is l :: ls' then \sum_(c < cols l) operator l (h 0%N) a c * phi ls' (tail h) c b else (a == b)%:R.

Definition same_product ls (h g : point) :=
  forall a b, (a < height ls)%N -> (b < width ls)%N -> phi ls h a b = phi ls g a b.

(* Every layer of h is a nonzero vector. *)
Definition nonzero ls (h : point) :=
  forall k, (k < size ls)%N -> exists2 j, (j < nth 0%N (sizes ls) k)%N & h k j != 0.

(* g_k = lambda_k h_k for all k, the product of the lambda_k being 1. *)
Definition equivalent ls (h g : point) := exists2 lambda : nat -> F, \prod_(k < size ls) lambda k = 1 &
  forall k j, (k < size ls)%N -> (j < nth 0%N (sizes ls) k)%N -> g k j = lambda k * h k j.

Definition identifiable_at ls (h : point) := forall g, same_product ls h g -> equivalent ls h g.
Definition uniformly_identifiable ls := forall h, nonzero ls h -> identifiable_at ls h.

(* 2. The lifting: tensors are functions of multi-indices i = [:: i_1; ...; i_K]. *)
Fixpoint indices (s : seq nat) : seq (seq nat) :=
  if s is n :: s' then [seq j :: i | j <- iota 0 n, i <- indices s'] else [:: [::]].
Fixpoint tensor (h : point) (i : seq nat) : F :=                                  (* P(h)_i *)
  if i is j :: i' then h 0%N j * tensor (tail h) i' else 1.
Fixpoint column (ls : seq layer) (i : seq nat) (a b : nat) : F :=                 (* A_i = M_1(e_i1) ... M_K(e_iK) *)
  match ls, i with
  | l :: ls', j :: i' => \sum_(c < cols l) coef l j a c * column ls' i' c b
  | _, _ => (a == b)%:R
  end.
Definition lifted ls (T : seq nat -> F) (a b : nat) : F :=                        (* A T *)
  \sum_(i <- indices (sizes ls)) T i * column ls i a b.
Definition in_kernel ls (T : seq nat -> F) :=
  forall a b, (a < height ls)%N -> (b < width ls)%N -> lifted ls T a b = 0.
Definition injective_lifting ls :=
  forall T, in_kernel ls T -> forall i, i \in indices (sizes ls) -> T i = 0.
End Chains.

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
   Levels are listed from the root; an edge leads from its source to its target, which is nearer the root. *)
Definition position := seq Z.
Record edge := Edge { source : N; target : N; taps : seq position }.
Definition translate (group : seq Z) (x s : position) : position :=
  [seq (if Z.eqb t.1 0 then Z.add t.2.1 t.2.2 else Z.modulo (Z.add t.2.1 t.2.2) t.1) | t <- zip group (zip x s)].

(* A path index: the edge and the tap on every level; with the node where it ends and the sum of its taps. *)
Definition path_index := (seq (nat * nat) * (N * position))%type.
Fixpoint path_indices (group : seq Z) (net : seq (seq edge)) (v : N) (x : position) : seq path_index :=
  if net is level :: net' then
    flatten [seq (let u := nth (Edge 0 0 [::]) level e in if N.eqb (target u) v then
      flatten [seq [seq ((e, s) :: p.1, p.2) | p <- path_indices group net' (source u) (translate group x (nth [::] (taps u) s))]
              | s <- iota 0 (size (taps u))] else [::]) | e <- iota 0 (size level)]
  else [:: ([::], (v, x))].

Section Networks.
Variable F : fieldType.
Definition weights := nat -> nat -> nat -> F.          (* h k e s: tap s of edge e of level k; zeros are allowed *)

(* Coefficient at y of the kernel from the leaf to node v, all shifted by x: one sum of convolutions over the paths. *)
Fixpoint kernel group (net : seq (seq edge)) (h : weights) (v : N) (x : position) (leaf : N) (y : position) : F :=
  if net is level :: net' then
    \sum_(e < size level) (let u := nth (Edge 0 0 [::]) level e in if N.eqb (target u) v then
      \sum_(s < size (taps u)) h 0%N e s *
        kernel group net' (fun k => h k.+1) (source u) (translate group x (nth [::] (taps u) s)) leaf y else 0)
  else (N.eqb v leaf && all2 Z.eqb x y)%:R.
Fixpoint path_tensor (h : weights) (i : seq (nat * nat)) : F :=
  if i is j :: i' then h 0%N j.1 j.2 * path_tensor (fun k => h k.+1) i' else 1.

(* Equal kernels at all leaves imply equal tensors on all paths from the root. *)
Definition path_uniform group net (root : N) := forall h g : weights,
  let origin := [seq Z0 | _ <- group] in
  (forall leaf y, kernel group net h root origin leaf y = kernel group net g root origin leaf y) ->
  forall p, List.In p (path_indices group net root origin) -> path_tensor h p.1 = path_tensor g p.1.
End Networks.
