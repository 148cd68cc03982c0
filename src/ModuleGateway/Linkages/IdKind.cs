namespace ModuleGateway.Linkages;

/// <summary>What an id names. The kind enters the permutation, so that a user and a group with the same bits stay unrelated.</summary>
internal enum IdKind : byte { User = 1, Group = 2, Room = 3 }
