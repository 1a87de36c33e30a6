using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModelConformance.Datasets;

/// <summary>The upstream files that published figures rest on, each pinned to a commit and to its bytes.</summary>
/// <param name="Files">Every file, in the order of the benchmarks.</param>
public sealed record DataManifest(ImmutableArray<DataFile> Files)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Lazy<DataManifest> Resource = new(Read);

    /// <summary>The manifest that this version of the software was written against.</summary>
    public static DataManifest Embedded => Resource.Value;

    /// <summary>The ids of the benchmarks that have files, in order.</summary>
    public IEnumerable<string> Benchmarks => Files.Select(file => file.Origin.Benchmark).Distinct();

    /// <summary>The files of one benchmark.</summary>
    /// <param name="benchmark">Its id; null for the files of all.</param>
    public ImmutableArray<DataFile> Of(string? benchmark) =>
        benchmark is null ? Files : [.. Files.Where(file => file.Origin.Benchmark == benchmark)];

    private static DataManifest Read()
    {
        using var stream = typeof(DataManifest).Assembly.GetManifestResourceStream("ModelConformance.Datasets.manifest.json")!;
        var stored = JsonSerializer.Deserialize<StoredManifest>(stream, Json)!;
        return new DataManifest([.. stored.Origins.SelectMany(origin => origin.Files.Select(origin.File))]);
    }

    private sealed record StoredManifest(ImmutableArray<StoredOrigin> Origins);

    private sealed record StoredOrigin(string Benchmark, string Repository, string Commit, string Licence, ImmutableArray<StoredFile> Files)
    {
        public DataFile File(StoredFile file) =>
            new(new DataOrigin(Benchmark, Repository, Commit, Licence), file.Path, file.UpstreamPath, file.Blob)
            {
                Bytes = file.Bytes,
                Rows = file.Rows,
                Optional = file.Optional,
            };
    }

    private sealed record StoredFile(string Path, string UpstreamPath, string Blob, long? Bytes = null, int? Rows = null, bool Optional = false);
}
