using Microsoft.Extensions.Configuration;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Runs;

public sealed class RunSettingsTests
{
    [Fact]
    public void A_folder_left_empty_is_the_default_one()
    {
        // Pipelines set a variable to nothing where they have no value for it.
        Dictionary<string, string?> empty = new() { ["Output"] = "", ["Snapshots:Root"] = "" };
        var folder = Path.GetTempPath();

        var settings = RunSettings.Of(new ConfigurationBuilder().AddInMemoryCollection(empty).Build(), folder);

        settings.Output.Should().Be(Path.Combine(folder, "artifacts"));
        settings.Snapshots.Root.Should().Be(Path.Combine(folder, "snapshots"));
    }
}
