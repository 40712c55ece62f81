namespace Carillon.Data;

/// <summary>
/// How letters and signs beyond ASCII are spelled in ASCII. Tables of our own, because the system's library of all scripts would be kept
/// in memory for nothing else.
/// </summary>
internal static class Spellings
{
    // Letters and signs that have a spelling of their own, and no decomposition into ASCII that would give it.
    private static readonly Dictionary<char, string> Own = Pairs(
        "ß ss æ ae œ oe ø o đ d ð d þ th ł l ı i ə e ƒ f ∂ d",
        "& and | or $ dollar % percent < less > greater ¢ cent £ pound ¤ currency ¥ yen € euro ∑ sum ∞ infinity ♥ love © c ® r ™ tm º o ª a",
        "а a б b в v г g д d е e ё yo ж zh з z и i й j к k л l м m н n о o п p р r с s т t у u ф f х h ц c ч ch ш sh щ sh ъ u ы y э e ю yu я ya",
        "є ye і i ї yi ґ g ђ dj ј j љ lj њ nj ћ c џ dz",
        "α a β b γ g δ d ε e ζ z η h θ 8 ι i κ k λ l μ m ν n ξ 3 ο o π p ρ r σ s ς s τ t υ y φ f χ x ψ ps ω w");

    // Letters with marks, behind the letter that they are without.
    private static readonly Dictionary<char, string> Marked = Pairs(
        "a àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ b ḃḅḇ c çćĉċčḉ d ďḋḍḏḑḓ e èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ f ḟ g ĝğġģǧǵḡ h ĥȟḣḥḧḩḫẖ",
        "i ìíîïĩīĭįİǐȉȋḭḯỉị j ĵǰ k ķǩḱḳḵ l ĺļľḷḹḻḽ m ḿṁṃ n ñńņňǹṅṇṉṋ o òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ p ṕṗ",
        "r ŕŗřȑȓṙṛṝṟ s śŝşšșṡṣṥṧṩ t ţťțṫṭṯṱẗ u ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự v ṽṿ w ŵẁẃẅẇẉẘ x ẋẍ y ýÿŷȳẏẙỳỵỷỹ z źżžẑẓẕ",
        "æ ǣǽ ø ǿ α άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ ε έἐἑἒἓἔἕὲέ η ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ ι ΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ",
        "ο όὀὁὂὃὄὅὸό ρ ῤῥ υ ΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ ω ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ а ӑӓ г ѓ е ѐӗ ж ӂӝ з ӟ и ѝӣӥ к ќ о ӧ у ўӯӱӳ",
        "ч ӵ ы ӹ э ӭ")
        .SelectMany(pair => pair.Value.Select(letter => (letter, pair.Key)))
        .ToDictionary(pair => pair.letter, pair => Own.GetValueOrDefault(pair.Key, pair.Key.ToString()));

    /// <summary>Of a letter in lower case; empty where it has none.</summary>
    public static string Of(char letter) => Own.GetValueOrDefault(letter) ?? Marked.GetValueOrDefault(letter, "");

    private static Dictionary<char, string> Pairs(params string[] lines) => lines
        .SelectMany(line => line.Split(' ').Chunk(2))
        .ToDictionary(pair => pair[0][0], pair => pair[1]);
}
