using Credit.Testing;

namespace Credit.Architecture.Tests.Specs;

/// <summary>The drift check of every specification shows drift.</summary>
public sealed class SpecificationFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("credit-drift-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("what it was")]
    [InlineData(null)]
    public async Task A_file_that_was_not_up_to_date_fails_where_strict_and_is_brought_up_to_date(string? known)
    {
        var file = Path.Combine(_folder, "spec.json");
        if (known is not null)
        {
            await File.WriteAllTextAsync(file, known);
        }

        var failure = await Assert.ThrowsAsync<ShouldAssertException>(() => SpecificationFile.HoldAsync(_folder, "spec.json", "what it is", strict: true));

        failure.Message.ShouldContain("spec.json was not up to date");
        (await File.ReadAllTextAsync(file)).ShouldBe("what it is");
    }

    [Fact]
    public async Task A_file_that_is_up_to_date_passes_and_is_left_alone()
    {
        var file = Path.Combine(_folder, "spec.json");
        await File.WriteAllTextAsync(file, "what it is");
        var written = File.GetLastWriteTimeUtc(file);

        await SpecificationFile.HoldAsync(_folder, "spec.json", "what it is", strict: true);

        File.GetLastWriteTimeUtc(file).ShouldBe(written);
    }

    [Fact]
    public async Task Outside_of_CI_a_file_is_brought_up_to_date_without_a_failure()
    {
        await SpecificationFile.HoldAsync(_folder, "docs/spec.md", "what it is", strict: false);

        (await File.ReadAllTextAsync(Path.Combine(_folder, "docs", "spec.md"))).ShouldBe("what it is");
    }
}
