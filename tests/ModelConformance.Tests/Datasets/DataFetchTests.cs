using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using ModelConformance.Datasets;

namespace ModelConformance.Tests.Datasets;

public sealed class DataFetchTests : IDisposable
{
    private static readonly FetchSettings Quick = new() { RetryDelay = TimeSpan.FromMilliseconds(1) };

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_mirror_is_asked_for_repository_commit_and_path()
    {
        string? asked = null;
        await using var mirror = await Mirror.StartAsync((context, _) =>
        {
            asked = context.Request.Path;
            return context.Response.WriteAsync("age\n");
        });

        var outcome = (await FetchAsync(new Uri(mirror.Url, "base/"), Pins.Of("age\n"))).Single();

        outcome.State.Should().Be(FetchState.Fetched);
        asked.Should().Be($"/base/owner/name/{new string('a', 40)}/data/Age.jsonl");
        folder.Read("bbq/Age.jsonl").Should().Be("age\n");
        folder.Files.Should().Equal("bbq/Age.jsonl");
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_fetched_again()
    {
        folder.Write("bbq/Age.jsonl", "age\n");
        await using var mirror = await Mirror.StartAsync((context, _) => context.Response.WriteAsync("age\n"));

        (await FetchAsync(mirror.Url, Pins.Of("age\n"))).Single().State.Should().Be(FetchState.Present);
        mirror.Requests.Should().Be(0);
    }

    [Fact]
    public async Task A_file_with_other_bytes_is_replaced_by_the_pinned_one()
    {
        folder.Write("bbq/Age.jsonl", "regenerated\n");
        folder.Write("bbq/Age.jsonl.part", "a");
        await using var mirror = await Mirror.StartAsync((context, _) => context.Response.WriteAsync("age\n"));

        (await FetchAsync(mirror.Url, Pins.Of("age\n"))).Single().State.Should().Be(FetchState.Replaced);
        folder.Read("bbq/Age.jsonl").Should().Be("age\n");
        folder.Files.Should().Equal("bbq/Age.jsonl");
    }

    [Fact]
    public async Task Other_bytes_are_refused_naming_both_blobs_and_the_folder_stays_as_it_was()
    {
        folder.Write("bbq/Age.jsonl", "regenerated\n");
        await using var mirror = await Mirror.StartAsync((context, _) => context.Response.WriteAsync("<html>"));

        var outcome = (await FetchAsync(mirror.Url, Pins.Of("age\n"))).Single();

        outcome.State.Should().Be(FetchState.Failed);
        outcome.Reason.Should().Contain($"found blob {Pins.Of("<html>").BlobId} (6 bytes)").And.Contain($"expected {Pins.Of("age\n").BlobId} (4 bytes)");
        mirror.Requests.Should().Be(1, "asking again does not change what a mirror holds");
        folder.Read("bbq/Age.jsonl").Should().Be("regenerated\n");
        folder.Files.Should().Equal("bbq/Age.jsonl");
    }

    [Fact]
    public async Task A_connection_that_is_cut_short_is_tried_again_and_never_looks_whole()
    {
        await using var mirror = await Mirror.StartAsync(async (context, request) =>
        {
            context.Response.ContentLength = 4;
            await context.Response.WriteAsync(request < 3 ? "ag" : "age\n");
        });

        (await FetchAsync(mirror.Url, Pins.Of("age\n"))).Single().State.Should().Be(FetchState.Fetched);
        mirror.Requests.Should().Be(3);
    }

    [Fact]
    public async Task A_connection_that_is_always_cut_short_fails_and_leaves_nothing()
    {
        await using var mirror = await Mirror.StartAsync(async (context, _) =>
        {
            // Kestrel closes the connection when the handler ends with fewer bytes than it announced.
            context.Response.ContentLength = 4;
            await context.Response.WriteAsync("ag");
        });

        var outcome = (await FetchAsync(mirror.Url, Pins.Of("age\n"))).Single();

        outcome.Reason.Should().Contain("the connection broke");
        mirror.Requests.Should().Be(1 + Quick.Retries);
        folder.Files.Should().BeEmpty();
    }

    [Theory]
    [InlineData(StatusCodes.Status500InternalServerError)]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    public async Task A_server_in_trouble_is_asked_again(int status)
    {
        await using var mirror = await Mirror.StartAsync((context, request) =>
        {
            context.Response.StatusCode = request == 1 ? status : StatusCodes.Status200OK;
            context.Response.Headers.RetryAfter = "0";
            return context.Response.WriteAsync(request == 1 ? "later" : "age\n");
        });

        (await FetchAsync(mirror.Url, Pins.Of("age\n"))).Single().State.Should().Be(FetchState.Fetched);
        mirror.Requests.Should().Be(2);
    }

    [Fact]
    public async Task Every_file_that_fails_is_named_and_the_others_come()
    {
        await using var mirror = await Mirror.StartAsync((context, _) =>
        {
            var there = context.Request.Path.Value!.EndsWith("Age.jsonl", StringComparison.Ordinal);
            context.Response.StatusCode = there ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            return context.Response.WriteAsync(there ? "age\n" : "404: Not Found");
        });

        var outcomes = await FetchAsync(mirror.Url, Pins.Of("ses\n", "SES.jsonl"), Pins.Of("age\n"), Pins.Of("religion\n", "Religion.jsonl"));

        outcomes.Select(outcome => outcome.State).Should().Equal(FetchState.Failed, FetchState.Fetched, FetchState.Failed);
        outcomes.Where(outcome => !outcome.Holds).Should().OnlyContain(outcome => outcome.Reason!.Contains("answered 404 instead of 200"));
        mirror.Requests.Should().Be(3, "a 404 does not heal");
        folder.Files.Should().Equal("bbq/Age.jsonl");
    }

    [Fact]
    public async Task Stopping_a_slow_download_leaves_nothing_that_looks_whole()
    {
        using var stop = new CancellationTokenSource();
        await using var mirror = await Mirror.StalledAsync(stop);

        var fetch = () => FetchAsync(mirror.Url, Quick, null, stop.Token, Pins.Of("age\n"));

        await fetch.Should().ThrowAsync<OperationCanceledException>();
        folder.Files.Should().BeEmpty();
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up()
    {
        await using var mirror = await Mirror.StartAsync(async (context, _) =>
        {
            await context.Response.WriteAsync("ag");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        var impatient = Quick with { Stall = TimeSpan.FromMilliseconds(100), Retries = 1 };
        var outcome = (await FetchAsync(mirror.Url, impatient, null, default, Pins.Of("age\n"))).Single();

        outcome.Reason.Should().Contain("nothing came for 0.1 s");
        folder.Files.Should().BeEmpty();
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off()
    {
        await using var mirror = await Mirror.StartAsync(async (context, _) =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(new string('x', 1000));
            }
        });

        var outcome = (await FetchAsync(mirror.Url, Quick with { MostBytes = 5000 }, null, default, Pins.Of("age\n"))).Single();

        outcome.Reason.Should().Contain("more than 5,000 bytes");
        folder.Files.Should().BeEmpty();
    }

    [Fact]
    public async Task An_unreachable_host_is_a_reason_and_no_crash()
    {
        var mirror = await Mirror.StartAsync((_, _) => Task.CompletedTask);
        var gone = mirror.Url;
        await mirror.DisposeAsync();

        (await FetchAsync(gone, Pins.Of("age\n"))).Single().Reason.Should().StartWith(gone.AbsoluteUri);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_reason_and_no_retry()
    {
        folder.Write("bbq", "a file where a folder should be");
        await using var mirror = await Mirror.StartAsync((context, _) => context.Response.WriteAsync("age\n"));

        var outcome = (await FetchAsync(mirror.Url, Pins.Of("age\n"))).Single();

        outcome.Reason.Should().Contain("cannot be written");
        mirror.Requests.Should().Be(0);
    }

    [Fact]
    public async Task An_observer_hears_every_byte_count_and_every_outcome()
    {
        await using var mirror = await Mirror.StartAsync((context, _) => context.Response.WriteAsync("age\n"));
        var observer = new Recorder();

        await FetchAsync(mirror.Url, Quick, observer, default, Pins.Of("age\n"), Pins.Of("ses\n", "SES.jsonl"));

        observer.Bytes["bbq/Age.jsonl"].Should().Be((4, 4));
        observer.Outcomes.Select(outcome => outcome.State).Should().BeEquivalentTo([FetchState.Fetched, FetchState.Failed]);
    }

    [Fact]
    public async Task Another_data_folder_serves_as_mirror()
    {
        using var share = new TemporaryFolder();
        share.Write("bbq/Age.jsonl", "age\n");
        using var source = new FolderDataSource(share.Path);

        var outcomes = await new DataFetch(source, new DataFolder(folder.Path), Quick)
            .RunAsync([Pins.Of("age\n"), Pins.Of("ses\n", "SES.jsonl")], null, default);

        outcomes.Select(outcome => outcome.State).Should().Equal(FetchState.Fetched, FetchState.Failed);
        outcomes[1].Reason.Should().EndWith("SES.jsonl: no such file");
    }

    [Theory]
    [InlineData("ftp://mirror.example/")]
    [InlineData("file:///mnt/share")]
    [InlineData("https://user:secret@mirror.example/")]
    [InlineData("https://mirror.example/?token=secret")]
    public void A_URL_that_could_leak_a_secret_or_is_not_HTTP_is_refused(string url)
    {
        var create = () => new HttpDataSource(new Uri(url));
        create.Should().Throw<ArgumentException>().Which.Message.Should().NotContain("secret");
    }

    public void Dispose() => folder.Dispose();

    private Task<IReadOnlyList<FetchOutcome>> FetchAsync(Uri mirror, params DataFile[] files) => FetchAsync(mirror, Quick, null, default, files);

    private async Task<IReadOnlyList<FetchOutcome>> FetchAsync(
        Uri mirror, FetchSettings settings, IFetchObserver? observer, CancellationToken cancellation, params DataFile[] files)
    {
        using var source = new HttpDataSource(mirror);
        return await new DataFetch(source, new DataFolder(folder.Path), settings).RunAsync(files, observer, cancellation);
    }

    private sealed class Recorder : IFetchObserver
    {
        public ConcurrentDictionary<string, (long Bytes, long? Total)> Bytes { get; } = new();

        public ConcurrentBag<FetchOutcome> Outcomes { get; } = [];

        public void Received(DataFile file, long bytes, long? total) => Bytes[file.Path] = (bytes, total);

        public void Settled(FetchOutcome outcome) => Outcomes.Add(outcome);
    }
}
