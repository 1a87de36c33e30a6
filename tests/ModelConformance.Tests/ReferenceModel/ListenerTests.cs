using System.Net;
using System.Net.NetworkInformation;
using ModelConformance.ReferenceModel;

namespace ModelConformance.Tests.ReferenceModel;

public class ListenerTests
{
    [Fact]
    public async Task It_listens_on_loopback_only()
    {
        await using var server = await StartAsync();
        server.BaseUrl.ToString().Should().MatchRegex(@"^http://127\.0\.0\.1:\d+/v1$");
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == server.BaseUrl.Port)
            .Should().Equal(new IPEndPoint(IPAddress.Loopback, server.BaseUrl.Port));
    }

    [Fact]
    public async Task Disposal_ends_the_listener()
    {
        var server = await StartAsync();
        using var http = new HttpClient();
        var models = new Uri($"{server.BaseUrl}/models");
        (await http.GetAsync(models)).StatusCode.Should().Be(HttpStatusCode.OK);
        await server.DisposeAsync();
        await FluentActions.Awaiting(() => http.GetAsync(models)).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task A_port_can_be_asked_for_and_a_taken_one_is_an_error_that_names_it()
    {
        await using var first = await StartAsync();
        await FluentActions.Awaiting(() => StartAsync(first.BaseUrl.Port))
            .Should().ThrowAsync<IOException>().WithMessage($"*{first.BaseUrl.Port}*");
    }

    [Fact]
    public async Task Several_servers_live_side_by_side()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        second.BaseUrl.Should().NotBe(first.BaseUrl);
    }

    private static Task<ReferenceServer> StartAsync(int port = 0) => ReferenceServer.StartAsync([], Profile.Named("fair"), port: port);
}
