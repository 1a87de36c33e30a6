using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ModelConformance.Runs;

/// <summary>
/// One of several slices of the items, each asked by a machine of its own. Which slice an item is in depends on its id and their number alone: it is
/// the same on every machine and in every version, and all conditions and samples of an item are in one.
/// </summary>
public sealed record Shard
{
    /// <summary>The most slices.</summary>
    public const int Most = 1024;

    // Set by Kubernetes in the pods of an Indexed Job, and by GitLab in a job with "parallel".
    private const string Kubernetes = "JOB_COMPLETION_INDEX";
    private const string GitLab = "CI_NODE_INDEX";
    private const string GitLabTotal = "CI_NODE_TOTAL";

    private Shard(int index, int count) => (Index, Count) = (index, count);

    /// <summary>Which slice, 1 … <see cref="Count"/>, as Playwright and GitLab count.</summary>
    public int Index { get; }

    /// <summary>How many slices there are, 1 … <see cref="Most"/>.</summary>
    public int Count { get; }

    /// <summary>
    /// Reads <c>3/8</c>, or <c>8</c> alone where the machine's environment tells the index: <c>JOB_COMPLETION_INDEX</c> (from 0), or
    /// <c>CI_NODE_INDEX</c> (from 1), whose <c>CI_NODE_TOTAL</c> must then be the same number.
    /// </summary>
    /// <param name="text">The setting.</param>
    /// <param name="environment">The value of an environment variable; null where it is not set.</param>
    /// <exception cref="SettingsException">It is neither, or the environment does not tell one index.</exception>
    public static Shard Read(string text, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(environment);
        var parts = text.Split('/');
        if (parts.Length > 2 || Number(parts[^1], 1, Most) is not { } count)
        {
            throw Wrong(text, $"expected i/n such as 3/8, with 1 ≤ i ≤ n ≤ {Most}, or n alone where {Kubernetes} or {GitLab} is set");
        }

        return parts.Length == 2
            ? new(Number(parts[0], 1, count) ?? throw Wrong(text, $"expected i/n with i in 1 … {count}"), count)
            : new(IndexOf(text, count, environment), count);
    }

    /// <summary>Whether an item is in this slice: that numbered by the first 64 bits of its id's SHA-256, modulo the number of slices.</summary>
    /// <param name="itemId">The item's id.</param>
    public bool Holds(string itemId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(itemId));
        return BinaryPrimitives.ReadUInt64BigEndian(hash) % (ulong)Count == (ulong)(Index - 1);
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");

    private static int IndexOf(string text, int count, Func<string, string?> environment)
    {
        switch (environment(Kubernetes), environment(GitLab))
        {
            case ({ } fromZero, null):
                return Number(fromZero, 0, count - 1) + 1
                    ?? throw Wrong(text, $"{Kubernetes} is '{fromZero}', expected is 0 … {count - 1}: give n as the Job's completions");
            case (null, { } fromOne):
                var total = environment(GitLabTotal);
                return total == count.ToString(CultureInfo.InvariantCulture)
                    ? Number(fromOne, 1, count) ?? throw Wrong(text, $"{GitLab} is '{fromOne}', expected is 1 … {count}")
                    : throw Wrong(text, $"{GitLabTotal} is {(total is null ? "not set" : $"'{total}'")}, expected is {count}");
            case (null, null):
                throw Wrong(text, $"neither {Kubernetes} nor {GitLab} is set, so nothing tells which slice this is: expected i/n such as 1/{count}");
            default:
                throw Wrong(text, $"both {Kubernetes} and {GitLab} are set, and they count differently: expected i/n such as 1/{count}");
        }
    }

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    private static SettingsException Wrong(string found, string why) => new($"Shard is {(found.Length > 20 ? "too long to be one" : $"'{found}'")} ({RunSettings.Prefix}Shard, --shard): {why}.");
}
