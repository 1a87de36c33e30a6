using ModelConformance.Protocol;

namespace ModelConformance.Ledger;

/// <summary>A column of a table of replies.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds: <see cref="long"/>, <see cref="string"/> or bytes.</param>
/// <param name="Value">What it holds of a reply; null for nothing.</param>
internal sealed record ReplyColumn(string Name, Type Type, Func<Reply, object?> Value);
