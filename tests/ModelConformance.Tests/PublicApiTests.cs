using System.Reflection;
using System.Runtime.CompilerServices;
using ModelConformance.Snapshots;

namespace ModelConformance.Tests;

/// <summary>What other software may build on is approved like answers are: a change of it is read by a person.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("ModelConformance")]
    [InlineData("ModelConformance.ReferenceModel")]
    public void The_public_api_is_as_approved(string assembly)
    {
        var file = new SnapshotFile(ThisFolder(), "", $"PublicApi.{assembly}");

        var check = SnapshotEngine.Check(PublicApi.Of(Assembly.Load(assembly)), file, SnapshotComparison.OfText);

        Assert.True(check.Passed, check.Message);
    }

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
