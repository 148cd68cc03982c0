using System.Collections.Frozen;
using System.Text;

namespace Portal.Catalog.Search;

/// <summary>Signs that are one word to a reader, though Taiwan, Japan or the mainland write them differently. NFKC leaves them apart.</summary>
/// <remarks>Small on purpose: signs of our trade whose forms are never two different words. 发 (of 發 and 髮) and the like are left out.</remarks>
public static class HanVariants
{
    // Each group's first sign stands for all.
    private const string Groups =
        "台臺 点點奌 予預预 約约 会會 員员 単單单 体體 号號 証證证 図圖图 区區 国國 広廣广 楽樂乐 発發 関關关 対對对 応應应 数數 写寫 当當 読讀读 実實实 宝寶寳 " +
        "鉄鐵铁 薬藥药 学學 万萬 与與 来來 価價价 優优 恵惠 顧顾 購购 買买 売賣卖 飲饮 飯饭 髪髮 訂订 問问 間间 開开 門门 報报 車车 電电 話话 語语 時时 " +
        "連连 線线 網网 紙纸 級级 経經经 総總总 変變变 営營营 戸戶户 児兒儿 両兩两 帰歸归 気氣气 検檢检 験驗验 権權权 辺邊边 浜濱滨 沢澤泽 塩鹽盐 麺麵 " +
        "酔醉 芸藝艺 歯齒齿 転轉转 駅驛驿 療疗 課课 費费 貨货 質质 資资 贈赠 選选 隊队 順顺 頭头 顔顏颜 館馆舘 録錄录 画畫 遅遲迟 団團团 紅红 緑綠绿";

    private static readonly FrozenDictionary<Rune, Rune> First = Groups.Split(' ')
        .Select(group => group.EnumerateRunes().ToArray())
        .SelectMany(group => group[1..].Select(other => KeyValuePair.Create(other, group[0])))
        .ToFrozenDictionary();

    /// <summary>The sign that stands for this one and its variants.</summary>
    public static Rune OneOf(Rune sign) => First.GetValueOrDefault(sign, sign);
}
