using System.Security.Cryptography;
using System.Text;
using Line;
using Sandbox.Channels;
using Sandbox.Primary;

namespace Sandbox.Accounts;

/// <summary>Who is there when nobody is: four Official Accounts, one of them with a Messaging API channel, three managers, four LINE users. All invented.</summary>
/// <remarks>Ids follow from names, so that every fresh sandbox has the same ones and an address with a Bot ID can be written down.</remarks>
internal sealed class Seed(AccountDirectory accounts, ManagerDirectory managers, PeopleDirectory people, ChannelDirectory channels)
{
    /// <summary>Password of the seeded managers; the sign-in page shows it.</summary>
    public const string DemoPassword = "sandbox";

    /// <summary>The account that is answered by a bot of its own, through a Messaging API channel.</summary>
    public const string AccountWithChannel = "@428yunji";

    /// <summary>Fills an empty platform; changes nothing on one that has accounts.</summary>
    /// <returns>Whether it did.</returns>
    public bool Plant()
    {
        if (accounts.All().Count > 0)
            return false;

        var salon = Account("@311qinhe", "青禾髮廊", "Qinghe Salon", BrandType.Verified, "#7a5ea8");
        var cafe = Account(AccountWithChannel, "雲腳咖啡", "Cloudfoot Café", BrandType.Unverified, "#b5654a");
        var shop = Account("@539moonz", "小月雜貨", "Little Moon Goods", BrandType.Verified, "#3f6fb0");
        var diner = Account("@647tides", "潮間食堂", "Tideline Diner", BrandType.Premium, "#b0405e");

        Manager("lin@qinghe.example", "林小姐", (salon, AccountRole.Administrator), (cafe, AccountRole.Administrator));
        Manager("wang@moon.example", "王先生", (shop, AccountRole.Administrator), (cafe, AccountRole.Operator));
        Manager("chou@tideline.example", "周店長", (diner, AccountRole.Administrator), (salon, AccountRole.Operator));

        Person("meiling", "陳美玲", "zh-TW", "#e7b3c4", "今天也要好好吃飯");
        Person("alex", "Alex Reed", "en", "#a9c7e8", "Three weeks in Taipei");
        Person("hana", "佐藤 花", "ja", "#c8d9a6", "カフェめぐり中");
        Person("somchai", "สมชาย ใจดี", "th", "#f0cf95", "ชอบเที่ยวทะเล");
        return true;
    }

    /// <summary>Gives one account the channel behind which its own server stands today: the built-in bot, which needs this platform's address.</summary>
    public void PlantChannel(string origin)
    {
        var account = accounts.All().Single(one => one.BasicId == AccountWithChannel);
        var id = ChannelDirectory.NewId();
        channels.TryAdd(new Channel(
            id, ChannelKind.Messaging, $"{account.Name} Messaging API", Provider: $"owner-of-{account.BotId}", ChannelDirectory.NewSecret(), account.BotId, IsDefaultActive: false,
            origin + BuiltInBot.Path(id), UsesWebhook: true, Redelivers: false, [], []));
    }

    private BotId Account(string basicId, string name, string englishName, BrandType brandType, string color)
    {
        var botId = BotId.Parse($"U{Identity("account", basicId):N}", null);
        accounts.TryAdd(new OfficialAccount(botId, basicId, name, englishName, Region.Tw, brandType, color));
        return botId;
    }

    private void Manager(string email, string name, params ReadOnlySpan<(BotId BotId, AccountRole Role)> rights)
    {
        var given = new List<AccountRight>();
        foreach (var (botId, role) in rights)
            given.Add(new AccountRight(botId, role));
        managers.TryAdd(new Manager(email, name, PasswordHash.Create(DemoPassword), IsDemo: true, given));
    }

    private void Person(string id, string name, string language, string color, string status) =>
        people.TryAdd(new Person(id, Identity("person", id), name, language, color, status));

    private static Guid Identity(string kind, string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}|{name}")).AsSpan(0, 16), bigEndian: true);
}
