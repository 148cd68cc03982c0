using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ModuleGateway.Tests.Configuration;

public sealed class ConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-tests").FullName;

    [Theory]
    [InlineData("Delivery:RetryDelays:1", "00:00:03", "Delivery:RetryDelays: All must be over zero and none under the one before; it is [00:00:50, 00:00:03].")]
    [InlineData("Delivery:RetryDelays:0", "-00:00:01", "Delivery:RetryDelays: All must be over zero and none under the one before; it is [-00:00:01].")]
    [InlineData("Upstream:Channels:0:ChannelId", "abc", "Upstream:Channels:0:ChannelId: 1 to 20 digits are expected.")]
    [InlineData("Upstream:Channels:0:Kind", "MessagingApi", "Upstream:Channels: One channel of kind Module is expected: the platform's Module Channel.")]
    [InlineData("Upstream:Channels:1:ChannelId", GatewayHost.ModuleChannelId, "Upstream:Channels: No channel may be named twice.")]
    [InlineData("Management:Key", "short", "Management:Key: The field Key must be a string or array type with a minimum length of '32'.")]
    public async Task Given_one_wrong_value_When_the_gateway_starts_Then_one_sentence_names_its_key(string key, string value, string sentence)
    {
        var settings = Settings();
        if (key == "Delivery:RetryDelays:1")
            settings["Delivery:RetryDelays:0"] = "00:00:50";
        settings[key] = value;

        var failure = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(settings));

        failure.Failures.ShouldBe([sentence]);
    }

    [Fact]
    public async Task Given_the_same_configuration_without_the_fault_When_the_gateway_starts_Then_it_does() => await StartAsync(Settings());

    [Fact]
    public async Task Given_a_gateway_whose_store_lies_beneath_its_working_folder_When_it_is_built_Then_it_watches_no_file_there()
    {
        await using var app = GatewayApp.Build([], builder => builder.Configuration.AddInMemoryCollection(Settings()));

        var files = ((IConfigurationBuilder)app.Configuration).Sources.OfType<FileConfigurationSource>().ToList();
        files.ShouldNotBeEmpty();
        files.ShouldAllBe(file => !file.ReloadOnChange);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task StartAsync(Dictionary<string, string?> settings)
    {
        await using var app = GatewayApp.Build([], builder =>
        {
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration.AddInMemoryCollection(settings);
        });
        await app.StartAsync();
    }

    private Dictionary<string, string?> Settings() => new()
    {
        ["Data:Folder"] = _folder,
        ["Upstream:Channels:0:ChannelId"] = GatewayHost.ModuleChannelId,
        ["Upstream:Channels:0:ChannelSecret"] = GatewayHost.ModuleChannelSecret,
        ["Upstream:Channels:1:ChannelId"] = GatewayHost.OtherChannelId,
        ["Upstream:Channels:1:ChannelSecret"] = GatewayHost.OtherChannelSecret,
        ["Upstream:Channels:1:Kind"] = "MessagingApi",
        ["Attaching:PublicUrl"] = "http://127.0.0.1:1",
        ["Attaching:ReturnOrigins:0"] = "http://127.0.0.1:2",
        ["Management:Key"] = GatewayHost.ManagementKey,
    };
}
