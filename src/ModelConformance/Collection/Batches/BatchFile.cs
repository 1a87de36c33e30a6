using ModelConformance.Protocol;

namespace ModelConformance.Collection.Batches;

/// <summary>A file of requests, ready to be given to a provider.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Benchmark">The id of the benchmark asked.</param>
/// <param name="Condition">The condition it is asked under.</param>
/// <param name="Step"><c>reasoning</c>, or <c>answer</c>.</param>
/// <param name="Requests">The lines in it.</param>
public sealed record BatchFile(string Path, string Benchmark, Condition Condition, string Step, int Requests);
