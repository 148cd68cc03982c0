using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ModuleGateway.Tests.Delivery;

/// <summary>An authority of the tests' own, and what it signs.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly X509Certificate2 _authority;

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Authority {Guid.NewGuid():N} of the tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-30), TimeProvider.System.GetUtcNow().AddDays(30));
        RootsFile = Path.Combine(Directory.CreateTempSubdirectory("test-authority").FullName, "roots.pem");
        File.WriteAllText(RootsFile, _authority.ExportCertificatePem());
    }

    /// <summary>Where the authority's certificate lies, for whoever trusts it.</summary>
    public string RootsFile { get; }

    /// <param name="isExpired">Whether its time was over a day ago.</param>
    /// <param name="issuerAt">Where it says that its issuer's certificate can be fetched; null: nowhere.</param>
    public X509Certificate2 For(string host, bool isExpired = false, Uri? issuerAt = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(host, key);
        if (issuerAt is not null)
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([], [issuerAt.AbsoluteUri]));
        using var signed = request.Create(_authority, TimeProvider.System.GetUtcNow().AddDays(-20), TimeProvider.System.GetUtcNow().AddDays(isExpired ? -1 : 20), RandomNumberGenerator.GetBytes(8));
        return WithKey(signed, key);
    }

    /// <summary>As <see cref="For"/>, from an authority that nobody has heard of, and that is to be fetched from there.</summary>
    public static X509Certificate2 OfUnknownIssuer(string host, Uri issuerAt)
    {
        using var stranger = new TestCertificates();
        return stranger.For(host, issuerAt: issuerAt);
    }

    public static X509Certificate2 SelfSigned(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = Request(host, key).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-20), TimeProvider.System.GetUtcNow().AddDays(20));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(Path.GetDirectoryName(RootsFile)!, recursive: true);
    }

    private static CertificateRequest Request(string host, ECDsa key)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host);
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, ECDsa key)
    {
        using var whole = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }
}
