using ModelConformance.Protocol;

namespace ModelConformance.Ledger;

/// <summary>A column of a table of replies.</summary>
/// <param name="Name">Its name.</param>
internal abstract record ReplyColumn(string Name);

/// <inheritdoc />
/// <typeparam name="T">What it holds: numbers, text or bytes.</typeparam>
/// <param name="Name">Its name.</param>
/// <param name="Value">What it holds of a reply; null for nothing.</param>
internal sealed record ReplyColumn<T>(string Name, Func<Reply, T?> Value) : ReplyColumn(Name);
