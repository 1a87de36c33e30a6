using ModelConformance.Protocol;

namespace ModelConformance.Ledger;

/// <summary>A reply that is to be written under its key.</summary>
internal readonly record struct KeptReply(ReplyKey Key, Reply Reply);
