using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Sandbox.Groups;

namespace Sandbox.Accounts;

/// <summary>Pictures of people, accounts and groups, drawn from a colour and a name: round for a person, a house front for an account.</summary>
internal static class Avatars
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Of(Person person)
    {
        // Hair and shoulders differ with the name, so that four people are told apart at 40 px.
        var fringe = 26 + Spread(person.Id, 12);
        return Svg($"""
            <rect width="96" height="96" fill="{person.Color}"/>
            <path d="M16 96c2-22 16-32 32-32s30 10 32 32z" fill="#fff" fill-opacity=".85"/>
            <circle cx="48" cy="42" r="19" fill="#fbe4d0"/>
            <path d="M28 42c0-16 8-25 20-25s20 9 20 25c-4-2-7-6-8-{fringe - 20}-8 6-20 8-32 {fringe - 20}z" fill="#2b2733"/>
            <circle cx="41" cy="45" r="2.2" fill="#2b2733"/><circle cx="55" cy="45" r="2.2" fill="#2b2733"/>
            <path d="M42 52q6 5 12 0" fill="none" stroke="#2b2733" stroke-width="2" stroke-linecap="round"/>
            """, person.Name);
    }

    public static string Of(OfficialAccount account)
    {
        var letter = Encoder.Encode(StringInfo.GetNextTextElement(account.Name));
        return Svg($"""
            <rect width="96" height="96" fill="{account.Color}"/>
            <path d="M14 34 22 18h52l8 16z" fill="#fff" fill-opacity=".9"/>
            <path d="M14 34a8.5 8.5 0 0 0 17 0 8.5 8.5 0 0 0 17 0 8.5 8.5 0 0 0 17 0 8.5 8.5 0 0 0 17 0z" fill="#fff" fill-opacity=".55"/>
            <text x="48" y="76" text-anchor="middle" font-family="system-ui, sans-serif" font-size="32" font-weight="600" fill="#fff">{letter}</text>
            """, account.Name);
    }

    public static string Of(Group group) => Svg("""
        <rect width="96" height="96" fill="#8f8bb8"/>
        <g fill="#fff"><circle cx="36" cy="38" r="13"/><path d="M12 78c1-16 11-24 24-24s23 8 24 24z"/></g>
        <g fill="#fff" fill-opacity=".7"><circle cx="64" cy="40" r="11"/><path d="M64 78c0-9-2-15-7-20 2-1 5-2 8-2 11 0 19 7 20 22z"/></g>
        """, group.Name);

    private static string Svg(string drawing, string title) =>
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" role="img"><title>{Encoder.Encode(title)}</title>{drawing}</svg>""";

    private static int Spread(string text, int below) => Encoding.UTF8.GetBytes(text).Aggregate(7, (sum, next) => (sum * 31 + next) % 9973) % below;
}
