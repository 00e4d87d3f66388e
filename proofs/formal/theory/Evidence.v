(* What an instance calls: from a computed `true` to the statement. *)
From Coq Require Import ZArith NArith Uint63 FMapPositive.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions Lifting Words Kernel Witness Network NetworkWitness Sums Digits Counting.
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
move=> ok; split; first by case/and4P: ok.
by move=> F char0; apply: (check_witness_sound char0 ok).
Qed.

(* Networks. 10.1, by the list of all sums, by a mixed radix or by superincreasing taps (10.3a). *)
Theorem path_uniform_by_sums group net root base : zero_one group net root base = true ->
  well_formed_network group net = true /\ forall F : fieldType, path_uniform F group net root.
Proof. by move=> ok; split=> [|F]; [case/andP: ok | apply: zero_one_sound ok]. Qed.

Theorem path_uniform_by_radix group net root order moduli : mixed_radix group net order moduli = true ->
  well_formed_network group net = true /\ forall F : fieldType, path_uniform F group net root.
Proof. by move=> ok; split=> [|F]; [case/and3P: ok | apply: mixed_radix_sound ok]. Qed.

Theorem path_uniform_by_growth n net root order : superincreasing n net order = true ->
  well_formed_network [:: n] net = true /\ forall F : fieldType, path_uniform F [:: n] net root.
Proof. by move=> ok; split=> [|F]; [case/and3P: ok | apply: superincreasing_sound ok]. Qed.

(* With one node a level, the same modulo the scalars of the layers. *)
Theorem and_identifiable group net root : one_node net root = true ->
  well_formed_network group net = true /\ (forall F : fieldType, path_uniform F group net root) ->
  well_formed_network group net = true /\
  forall F : fieldType, path_uniform F group net root /\ network_identifiable F group net root.
Proof. by move=> one [wf uniform]; split=> // F; split; [|apply: one_node_sound]. Qed.

(* Not so: by two paths with one sum, or by counting (10.3b). *)
Theorem not_path_uniform_by_collision group net root i j : collide group net root i j = true ->
  well_formed_network group net = true /\
  forall F : fieldType, ~ path_uniform F group net root /\ ~ network_identifiable F group net root.
Proof. by move=> ok; split=> [|F]; [case/and5P: ok | apply: collide_sound ok]. Qed.

Theorem not_path_uniform_by_counting group net root leaf boxes : crowded group net root leaf boxes = true ->
  well_formed_network group net = true /\
  forall F : fieldType, ~ path_uniform F group net root /\ ~ network_identifiable F group net root.
Proof. by move=> ok; split=> [|F]; [case/and4P: ok | apply: crowded_sound ok]. Qed.

(* Not so modulo the scalars of the layers: by two points (8.1). *)
Theorem not_network_identifiable_by_pair group net root h g i : check_network_pair group net root h g i = true ->
  well_formed_network group net = true /\
  forall F : fieldType, characteristic_zero F -> ~ network_identifiable F group net root.
Proof. by move=> ok; split=> [|F char0]; [case/and3P: ok | apply: network_pair_sound ok]. Qed.
