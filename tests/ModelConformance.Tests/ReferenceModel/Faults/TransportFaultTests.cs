using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ModelConformance.ReferenceModel;

namespace ModelConformance.Tests.ReferenceModel.Faults;

/// <summary>Each fault of transport as it comes over the wire.</summary>
public class TransportFaultTests : FaultTest
{
    [Theory]
    [InlineData("500", 500)]
    [InlineData("502", 502)]
    [InlineData("503", 503)]
    [InlineData("529", 529)]
    public async Task A_failing_server_says_so_in_json(string fault, int status)
    {
        var reply = await PostAsync(fault);
        reply.Status.Should().Be(status);
        JsonNode.Parse(reply.Text)!["error"]!["message"]!.GetValue<string>().Should().Contain($"{status}");
    }

    [Fact]
    public async Task A_rate_limit_tells_the_wait_in_every_way_or_not_at_all()
    {
        await using var server = await StartAsync("429");
        var replies = await PostAsync(server, 100);
        replies.Should().OnlyContain(reply => reply.Status == 429);
        replies.Should().Contain(reply => reply.Header("Retry-After") == "1");
        replies.Should().Contain(reply => reply.Header("Retry-After") == "0m1s");
        replies.Should().Contain(reply => Seconds(reply) == 1);
        replies.Should().Contain(reply => reply.Header("retry-after-ms") == "200");
        replies.Should().Contain(reply => reply.Header("Retry-After") == null && reply.Header("retry-after-ms") == null);
    }

    [Fact]
    public async Task A_reset_comes_after_half_of_a_body_whose_length_was_told()
    {
        var (reply, good) = (await PostAsync("reset"), await GoodAsync());
        reply.Status.Should().Be(200);
        reply.Length.Should().Be(good.Body.Length);
        reply.Body.Should().Equal(good.Body[..(good.Body.Length / 2)]);
        reply.WasReset.Should().BeTrue();
    }

    [Fact]
    public async Task A_slow_body_is_not_whole_when_its_first_bytes_are_there()
    {
        await using var server = await StartAsync("slow");
        var (begun, good) = (await RawReply.PostAsync(server.BaseUrl, Chat(0), enough: 2), await GoodAsync());
        begun.Status.Should().Be(200);
        begun.Length.Should().Be(good.Body.Length);
        begun.Body.Length.Should().BeLessThan(good.Body.Length);
        good.Text.Should().StartWith(begun.Text);
    }

    [Fact]
    public async Task A_truncated_body_has_its_right_length()
    {
        var (reply, good) = (await PostAsync("truncated"), await GoodAsync());
        reply.Status.Should().Be(200);
        reply.Length.Should().Be(reply.Body.Length).And.Be(good.Body.Length / 2);
        good.Text.Should().StartWith(reply.Text);
        reply.WasReset.Should().BeFalse();
    }

    [Fact]
    public async Task A_page_for_people_comes_with_either_status()
    {
        await using var server = await StartAsync("html");
        var replies = await PostAsync(server, 20);
        replies.Should().OnlyContain(reply => reply.Text.StartsWith("<!DOCTYPE html>", StringComparison.Ordinal));
        replies.Should().OnlyContain(reply => reply.Header("Content-Type") == "text/html");
        replies.Select(reply => reply.Status).Distinct().Should().BeEquivalentTo([200, 502]);
    }

    [Fact]
    public async Task A_wrong_content_type_comes_with_a_good_body()
    {
        await using var server = await StartAsync("type");
        var (replies, good) = (await PostAsync(server, 40), await GoodAsync());
        replies.Should().OnlyContain(reply => reply.Status == 200);
        replies[0].Text.Should().Be(good.Text);
        replies.Select(reply => reply.Header("Content-Type")).Distinct()
            .Should().BeEquivalentTo(["text/plain; charset=utf-8", "application/octet-stream", "text/html", null]);
    }

    [Fact]
    public async Task A_body_that_is_not_packed_says_that_it_is()
    {
        await using var server = await StartAsync("encoding");
        var (replies, good) = (await PostAsync(server, 40), await GoodAsync());
        replies.Should().OnlyContain(reply => reply.Status == 200);
        replies[0].Text.Should().Be(good.Text);
        replies.Select(reply => reply.Header("Content-Encoding")).Distinct().Should().BeEquivalentTo(["gzip", "deflate", "br"]);
    }

    [Fact]
    public async Task A_huge_body_does_not_tell_its_length()
    {
        var reply = await PostAsync("huge");
        reply.Status.Should().Be(200);
        reply.Header("Content-Length").Should().BeNull();
        reply.Body.Length.Should().BeGreaterThan(8 << 20);
    }

    [Fact]
    public async Task A_wrong_clock_is_wrong_in_all_dates_alike()
    {
        await using var server = await StartAsync("skew");
        var (replies, good) = (await PostAsync(server, 60), await GoodAsync());
        replies.Select(Hours).Distinct().Should().BeEquivalentTo([1, -1, 24, -24]);
        replies.Where(reply => reply.Status == 429).Should().NotBeEmpty().And.OnlyContain(reply => Seconds(reply) == 1);
        var answered = replies.Where(reply => reply.Status == 200).ToArray();
        answered.Should().NotBeEmpty().And.OnlyContain(reply => reply.Header("Retry-After") == null);
        answered.Should().OnlyContain(reply => reply.Length == reply.Body.Length);
        replies.Should().HaveCount(answered.Length + replies.Count(reply => reply.Status == 429));
        good.Status.Should().Be(200);

        static int Hours(RawReply reply) => (int)Math.Round((Date(reply, "Date") - DateTimeOffset.UtcNow).TotalHours);
    }

    [Fact]
    public async Task A_restart_resets_connections_closes_the_port_and_opens_it_again()
    {
        await using var server = await StartAsync("refused");
        // The port is closed for a moment only: who comes too late to see that has closed it again.
        while (!await IsRefusedAsync(server))
        {
        }

        while (!await IsOpenAsync(server))
        {
        }
    }

    [Fact]
    public async Task A_closed_port_does_not_keep_the_server_from_ending()
    {
        var server = await StartAsync("refused");
        await RawReply.PostAsync(server.BaseUrl, Chat(0));
        await server.DisposeAsync();
        (await IsOpenAsync(server)).Should().BeFalse();
    }

    [Fact]
    public async Task The_same_requests_suffer_the_same_faults()
    {
        const string faults = "429,500,502,503,529,reset,truncated,html,type,skew";
        var (first, again, other) = (await StatusesAsync(0), await StatusesAsync(0), await StatusesAsync(1));
        again.Should().Equal(first);
        other.Should().NotEqual(first);

        async Task<object[]> StatusesAsync(int seed)
        {
            await using var server = await StartAsync(faults, 0.5, seed);
            var replies = await PostAsync(server, 100);
            return [.. replies.Select(reply => (reply.Status, reply.WasReset, reply.Body.Length, reply.Header("Content-Type")))];
        }
    }

    [Fact]
    public async Task The_server_tells_what_it_did()
    {
        await using var server = await StartAsync("500,null", 0.5);
        var replies = await PostAsync(server, 100);
        using var http = new HttpClient();
        var told = JsonNode.Parse(await http.GetStringAsync(new Uri(server.BaseUrl, "/faults")))!;
        told["requests"]!.GetValue<long>().Should().Be(100);
        told["answered"]!.GetValue<long>().Should().Be(replies.Count(reply => reply.Status == 200));
        told["faults"]!["500"]!.GetValue<long>().Should().Be(replies.Count(reply => reply.Status == 500)).And.BePositive();
        told["faults"]!["null"]!.GetValue<long>().Should().BeGreaterThanOrEqualTo(
            replies.Count(reply => reply.Text.Contains("\"content\":null", StringComparison.Ordinal))).And.BePositive();
    }

    private static async Task<RawReply> PostAsync(string fault)
    {
        await using var server = await StartAsync(fault);
        return await RawReply.PostAsync(server.BaseUrl, Chat(0));
    }

    private static async Task<RawReply> GoodAsync()
    {
        await using var server = await StartAsync(null);
        return await RawReply.PostAsync(server.BaseUrl, Chat(0));
    }

    private static async Task<bool> IsRefusedAsync(ReferenceServer server)
    {
        try
        {
            (await RawReply.PostAsync(server.BaseUrl, Chat(0))).WasReset.Should().BeTrue();
            return false;
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return true;
        }
    }

    private static async Task<bool> IsOpenAsync(ReferenceServer server)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(server.BaseUrl.Host, server.BaseUrl.Port);
            return true;
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }

    private static double? Seconds(RawReply reply) =>
        DateTimeOffset.TryParseExact(reply.Header("Retry-After"), "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? (date - Date(reply, "Date")).TotalSeconds
            : null;

    private static DateTimeOffset Date(RawReply reply, string header) =>
        DateTimeOffset.ParseExact(reply.Header(header)!, "r", CultureInfo.InvariantCulture);
}
