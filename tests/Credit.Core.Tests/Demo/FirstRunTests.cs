using Credit.Host.Startup;
using Microsoft.Extensions.Configuration;

namespace Credit.Core.Tests.Demo;

/// <summary>Who gets the demo without asking: the newcomer on a private cluster, nobody else.</summary>
public sealed class FirstRunTests
{
    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "false", false)]
    [InlineData(null, "true", true)]
    [InlineData("Host=register.example", null, false)]
    [InlineData("Host=register.example", "true", true)]
    [InlineData("Host=register.example", "false", false)]
    public void District_and_accounts_come_by_themselves_only_without_a_server_and_an_explicit_word_wins(string? server, string? said, bool expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Credit"] = server,
            ["Demo:Load"] = said,
            ["Issuer:DemoAccounts"] = said,
        }).Build();

        FirstRun.LoadsDemo(configuration).ShouldBe(expected);
        FirstRun.HasDemoAccounts(configuration).ShouldBe(expected);
    }
}
