using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Line.Tests.Tokens;

public sealed class ChannelAssertionTests
{
    private static readonly RSA Private = RSA.Create(2048);
    private static readonly AssertionKey Public = AssertionKey.Of(Private);
    private static readonly ChannelId Channel = ChannelId.Parse("1234567890");
    private static readonly DateTimeOffset Now = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Given_an_assertion_When_read_and_checked_with_its_key_Then_it_is_good_and_says_what_was_put_in()
    {
        var jwt = ChannelAssertion.Create(Channel, "kid-1", Private, Now, TimeSpan.FromDays(7));

        ChannelAssertion.TryRead(jwt, out var assertion).ShouldBeTrue();
        assertion!.Check(Public, ChannelAssertion.LineAudience, Now).ShouldBe(AssertionFault.None);
        (assertion.Issuer, assertion.KeyId, assertion.TokenLifetime).ShouldBe((Channel, "kid-1", TimeSpan.FromDays(7)));
    }

    [Fact]
    public void Given_an_assertion_When_its_time_is_over_or_not_yet_LINEs_Then_it_is_refused()
    {
        var assertion = Read(ChannelAssertion.Create(Channel, "k", Private, Now));
        assertion.Check(Public, ChannelAssertion.LineAudience, Now + ChannelAssertion.LifetimeMax).ShouldBe(AssertionFault.Expired);
        assertion.Check(Public, ChannelAssertion.LineAudience, Now + ChannelAssertion.LifetimeMax - TimeSpan.FromSeconds(1)).ShouldBe(AssertionFault.None);
        assertion.Check(Public, ChannelAssertion.LineAudience, Now - TimeSpan.FromSeconds(1)).ShouldBe(AssertionFault.LivesTooLong);
    }

    [Fact]
    public void Given_an_assertion_When_checked_with_another_key_or_for_another_audience_Then_it_is_refused()
    {
        using var other = RSA.Create(2048);
        var assertion = Read(ChannelAssertion.Create(Channel, "k", Private, Now));
        assertion.Check(AssertionKey.Of(other), ChannelAssertion.LineAudience, Now).ShouldBe(AssertionFault.SignatureWrong);
        assertion.Check(Public, "https://gateway.example/", Now).ShouldBe(AssertionFault.AudienceWrong);
    }

    [Fact]
    public void Given_claims_changed_after_signing_When_checked_Then_the_signature_is_wrong()
    {
        var parts = ChannelAssertion.Create(Channel, "k", Private, Now).Split('.');
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("1234567890", "1234567891", StringComparison.Ordinal);
        Read($"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.{parts[2]}")
            .Check(Public, ChannelAssertion.LineAudience, Now).ShouldBe(AssertionFault.SignatureWrong);
    }

    [Fact]
    public void Given_a_subject_that_is_not_the_issuer_When_checked_Then_it_is_refused() =>
        Read(Sign("""{"alg":"RS256","kid":"k"}""", """{"iss":"1","sub":"2","aud":"https://api.line.me/","exp":1}"""))
            .Check(Public, ChannelAssertion.LineAudience, Now).ShouldBe(AssertionFault.SubjectDiffers);

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("!.!.!")]
    public void Given_text_that_is_no_JWT_When_read_Then_it_is_refused(string text) => ChannelAssertion.TryRead(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("""{"alg":"none","kid":"k"}""", """{"iss":"1"}""")]
    [InlineData("""{"alg":"HS256","kid":"k"}""", """{"iss":"1"}""")]
    [InlineData("""{"alg":"RS256"}""", """{"iss":"1"}""")]
    [InlineData("""{"alg":"RS256","kid":"k"}""", """{"iss":"nobody"}""")]
    [InlineData("""{"alg":"RS256","kid":"k"}""", """{"\ud800":1,"iss":"1"}""")]
    [InlineData("""{"alg":"RS256","kid":"k"}""", "[]")]
    [InlineData("hello", """{"iss":"1"}""")]
    public void Given_a_JWT_of_another_kind_When_read_Then_it_is_refused_before_any_key_is_used(string header, string payload) =>
        ChannelAssertion.TryRead(Sign(header, payload), out _).ShouldBeFalse();

    [Fact]
    public void Given_a_public_key_When_written_as_JWK_and_read_Then_it_checks_the_same_assertions()
    {
        AssertionKey.TryRead(JsonDocument.Parse(Public.ToJwk()).RootElement, out var key, out var problem).ShouldBeTrue(problem);
        Read(ChannelAssertion.Create(Channel, "k", Private, Now)).Check(key!, ChannelAssertion.LineAudience, Now).ShouldBe(AssertionFault.None);
    }

    [Theory]
    [InlineData("kty", "\"EC\"", "kty")]
    [InlineData("alg", "\"HS256\"", "alg")]
    [InlineData("use", "\"enc\"", "use")]
    [InlineData("n", "\"AQAB\"", "2048")]
    [InlineData("e", "\"AQ\"", "exponent")]
    [InlineData("e", "\"AA\"", "exponent")]
    [InlineData("kid", "\"mine\"", "kid")]
    [InlineData("d", "\"AQAB\"", "private")]
    public void Given_a_JWK_that_LINE_would_not_register_When_read_Then_the_problem_names_the_part(string property, string value, string named)
    {
        var jwk = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Public.ToJwk())!;
        jwk[property] = JsonDocument.Parse(value).RootElement;
        AssertionKey.TryRead(JsonSerializer.SerializeToElement(jwk), out _, out var problem).ShouldBeFalse();
        problem!.ShouldContain(named);
    }

    private static ChannelAssertion Read(string jwt)
    {
        ChannelAssertion.TryRead(jwt, out var assertion).ShouldBeTrue();
        return assertion!;
    }

    private static string Sign(string header, string payload)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{signed}.{Base64Url.EncodeToString(Private.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }
}
