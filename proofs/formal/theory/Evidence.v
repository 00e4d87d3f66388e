(* What an instance calls: from a computed `true` to the statement, over every field of characteristic 0. *)
From Coq Require Import ZArith NArith Uint63 FMapPositive.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions Lifting Words Kernel Witness Network Collision.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* The rows of X, packed: `per` entries of `bits` bits in a word, the lowest first. Nothing is proved of this. *)
Fixpoint unpack (per : nat) (bits mask w : word) (rest : seq word) : seq word :=
  if per is n.+1 then (w land mask)%uint63 :: unpack n bits mask (w >> bits)%uint63 rest else rest.
Definition unpack_row per bits mask (ws : seq word) : seq word :=
  foldr (fun w rest => unpack per bits mask w rest) [::] ws.
Definition numbered (rows : seq (seq word)) : PositiveMap.t (seq word) :=
  (foldl (fun s r => (Pos.succ s.1, PositiveMap.add s.1 r s.2)) (1%positive, PositiveMap.empty (seq word)) rows).2.
Definition flat (ls : seq structure) (i : seq N) : N :=
  foldl (fun n p => N.add (N.mul n p.1) p.2) 0%num (zip [seq (shape l).2 | l <- ls] i).
Definition row_named (ls : seq structure) (m : PositiveMap.t (seq word)) (i : seq N) : seq word :=
  if PositiveMap.find (N.succ_pos (flat ls i)) m is Some r then r else [::].

Definition check_packed ls cells (scale : word) (per : nat) (bits mask : word) (rows : seq (seq word)) : bool :=
  let m := numbered (map (unpack_row per bits mask) rows) in check_kernel ls cells scale (row_named ls m).

Theorem identifiable_by_minor ls cells scale per bits mask rows : check_packed ls cells scale per bits mask rows = true ->
  well_formed ls = true /\
  forall F : fieldType, characteristic_zero F -> uniformly_identifiable [seq over F l | l <- ls].
Proof.
move=> ok; split; first by case/and4P: ok.
by move=> F char0; apply: (check_kernel_sound char0 ok).
Qed.

Theorem not_identifiable_by_pair ls h g i : check_witness ls h g i = true ->
  well_formed ls = true /\
  forall F : fieldType, characteristic_zero F -> ~ uniformly_identifiable [seq over F l | l <- ls].
Proof.
move=> ok; split; first by case/and5P: ok.
by move=> F char0; apply: (check_witness_sound char0 ok).
Qed.

Theorem path_uniform_by_sums group net root base : zero_one group net root base = true ->
  forall F : fieldType, path_uniform F group net root.
Proof. by move=> ok F; apply: zero_one_sound ok. Qed.

Theorem not_path_uniform_by_collision group net root i j : collide group net root i j = true ->
  forall F : fieldType, ~ path_uniform F group net root.
Proof. by move=> ok F; apply: collide_sound ok. Qed.
