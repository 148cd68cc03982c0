using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PublicWeb;

namespace ModuleGateway.Tests.Delivery;

/// <summary>URLs by which somebody would like us to call an address that is not public: every such address in every form that anybody reads.</summary>
internal static class HostileUrls
{
    /// <summary>Addresses inside. At those of the machine itself a test can listen.</summary>
    private static readonly string[] Inside =
    [
        "127.0.0.1", "127.1.2.3", "127.255.255.254", "0.0.0.0", "10.0.0.1", "100.100.100.200", "169.254.169.254", "172.16.0.1", "192.168.1.1", "192.0.0.192", "198.18.0.1", "168.63.129.16",
    ];

    private static readonly string[] InsideSix =
    [
        "::", "::1", "0:0:0:0:0:0:0:1", "fe80::1", "fe80::1%25lo", "fe80::1%251", "fec0::1", "fc00::1", "fd00::1", "fd00:ec2::254", "fd20:ce::254", "ff02::1", "ff0e::1", "::ffff:0:127.0.0.1", "100::1",
        "2001::1", "2001:2::1", "2001:10::1", "2001:db8::1", "2001:0:7f00:1::", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:a00:1::", "3fff::1", "5f00::1", "64:ff9b::1", "64:ff9b:1::a9fe:a9fe", "4000::1",
    ];

    /// <summary>URLs that lead inside, each once; {port} stands for the listener's.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Inside.Select(IPAddress.Parse).SelectMany(address => Forms(address).Select(host => $"https://{host}:{{port}}/webhook")).Distinct(),
        .. InsideSix.Select(address => $"https://[{address}]:{{port}}/webhook"),
        .. MachinesOwn().Select(address => $"https://{(address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address.ToString().Replace("%", "%25", StringComparison.Ordinal)}]" : address.ToString())}:{{port}}/webhook"),
        "https://localhost:{port}/", "https://LOCALHOST:{port}/", "https://localhost.:{port}/", "https://ｌｏｃａｌｈｏｓｔ:{port}/", "https://loc\u00adalhost:{port}/",

        // Who stands before the @ is not the host.
        "https://example.com@127.0.0.1:{port}/", "https://example.com:443@127.0.0.1:{port}/", "https://example.com%23@127.0.0.1:{port}/", "https://user:pass@localhost:{port}/", "https://@127.0.0.1:{port}/",
        "https://example.com\\@127.0.0.1:{port}/", "https://127.0.0.1:{port}\\@example.com/", "https://127.0.0.1:{port}#@example.com/", "https://127.0.0.1:{port}?@example.com/",
        "https://[::ffff:127.0.0.1]:{port}/", "https://[::127.0.0.1]:{port}/", "https:127.0.0.1:{port}/", "https:\\\\127.0.0.1:{port}\\", " https://127.0.0.1:{port}/ ", "https://127.0.0.1:{port}/%2e%2e/", "HTTPS://127.0.0.1:{port}/",

        // No https, whatever the host.
        "http://127.0.0.1:{port}/", "http://example.com:{port}/", "ftp://127.0.0.1:{port}/", "file:///etc/hostname", "gopher://127.0.0.1:{port}/_x", "ws://127.0.0.1:{port}/", "unix:///run/docker.sock", "data:text/plain,x", "javascript:0", "//127.0.0.1:{port}/", "/webhook",

        // Ports of other protocols.
        "https://public.example:22/", "https://public.example:25/", "https://public.example:80/", "https://public.example:0/", "https://public.example:1023/",
    ];

    /// <summary>Names whose addresses lead inside: what the resolver says, each answer on its own.</summary>
    public static IReadOnlyList<(string Host, string[] Answers)> Names { get; } =
    [
        .. Inside.Select((address, i) => ($"inside{i}.example", new[] { address })),
        .. Inside.Select((address, i) => ($"mapped{i}.example", new[] { "::ffff:" + address })),
        .. Inside.Select((address, i) => ($"among{i}.example", new[] { $"93.184.215.14 2606:2800:21f:cb07:6820:80da:af6b:8b2c {address}" })),
        .. InsideSix.Where(address => !address.Contains('%')).Select((address, i) => ($"six{i}.example", new[] { address })),
        .. InsideSix.Where(address => !address.Contains('%')).Select((address, i) => ($"amongsix{i}.example", new[] { $"2606:2800:21f:cb07:6820:80da:af6b:8b2c {address} 93.184.215.14" })),
        .. Enumerable.Range(0, 8).Select(i => ($"many{i}.example", new[] { string.Join(' ', Enumerable.Range(1, 200).Select(n => n == i * 25 + 1 ? "127.0.0.1" : $"93.184.{i}.{n}")) })),
        .. MachinesOwn().Where(address => address.ScopeIdOrZero() == 0).Select((address, i) => ($"own{i}.example", new[] { address.ToString() })),
    ];

    /// <summary>One IPv4 address as programs of many kinds read it.</summary>
    private static IEnumerable<string> Forms(IPAddress address)
    {
        var b = address.GetAddressBytes();
        var number = ((uint)b[0] << 24) | ((uint)b[1] << 16) | ((uint)b[2] << 8) | b[3];
        var text = address.ToString();
        yield return text;
        yield return text + ".";
        yield return Invariant($"{number}");
        yield return Invariant($"0x{number:x8}");
        yield return Invariant($"0X{number:X}");
        yield return "0" + Convert.ToString(number, 8);
        yield return string.Join('.', b.Select(one => "0" + Convert.ToString(one, 8)));
        yield return string.Join('.', b.Select(one => Convert.ToString(one, 8).PadLeft(7, '0')));
        yield return string.Join('.', b.Select(one => Invariant($"0x{one:x2}")));
        yield return Invariant($"{b[0]}.{number & 0xffffff}");
        yield return Invariant($"{b[0]}.{b[1]}.{number & 0xffff}");
        yield return Invariant($"0x{b[0]:x}.{b[1]}.0{Convert.ToString(b[2], 8)}.{b[3]}");
        yield return Invariant($"{b[0]}.0x{number & 0xffffff:x}");
        yield return text.Replace('.', '。');
        yield return text.Replace('.', '．');
        yield return text.Replace('.', '｡');
        yield return string.Concat(text.Select(c => char.IsAsciiDigit(c) ? (char)('０' + (c - '0')) : c));
        yield return string.Concat(text.Select(c => c is >= '1' and <= '9' ? (char)('①' + (c - '1')) : c));
        yield return string.Concat(text.Select(c => Invariant($"%{(int)c:x2}")));
        yield return $"[::ffff:{text}]";
        yield return Invariant($"[::ffff:{number >> 16:x}:{number & 0xffff:x}]");
        yield return $"[::{text}]";
        yield return $"[::ffff:0:{text}]";
        yield return $"[64:ff9b::{text}]";
        yield return $"[64:ff9b:1::{text}]";
        yield return Invariant($"[2002:{number >> 16:x}:{number & 0xffff:x}::1]");
        yield return Invariant($"[2001:0:{number >> 16:x}:{number & 0xffff:x}::]");
        yield return Invariant($"[2001:0:4136:e378:8000:63bf:{~number >> 16 & 0xffff:x}:{~number & 0xffff:x}]");
        yield return Invariant($"[fe80::5efe:{number >> 16:x}:{number & 0xffff:x}]");
    }

    private static IPAddress[] MachinesOwn() => [.. Dns.GetHostAddresses(Dns.GetHostName()).Where(address => !PublicAddress.Is(address))];

    private static long ScopeIdOrZero(this IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
