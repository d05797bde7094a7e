using System.Globalization;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.Privacy;

public class ConsentTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    //   name                                     what is said, on which day            asked on day   basis, on paper    what may be judged
    public static TheoryData<string, string, int, string, Modalities> Drivers =>
        new()
        {
            { "nothing said, safety", "", 0, "Safety None", Modalities.Camera },
            { "nothing said, consent needed", "", 0, "Consent None", Modalities.None },
            { "asked is not agreed", "0 Ask Heart", 1, "Consent None", Modalities.None },
            { "agreed to the pulse", "0 Grant Heart", 1, "Consent None", Modalities.Heart },
            {
                "agreed to all",
                "0 Grant Camera, 0 Grant Heart, 0 Grant Stress, 0 Grant Anger, 0 Grant Voice",
                1,
                "Consent None",
                Modalities.All
            },
            { "agreed and taken back", "0 Grant Heart, 1 Withdraw Heart", 1, "Consent None", Modalities.None },
            { "the camera forbidden, whatever safety", "0 Withdraw Camera", 1, "Safety None", Modalities.None },
            { "agreed, refused, agreed", "0 Grant Heart, 1 Withdraw Heart, 2 Grant Heart", 3, "Consent None", Modalities.Heart },
            { "nobody is asked before they agree", "0 Withdraw Heart, 1 Ask Heart", 1, "Consent Heart", Modalities.None },
            { "asking takes nothing away", "0 Grant Heart, 1 Ask Heart", 1, "Consent None", Modalities.Heart },
            { "good for a year", "0 Grant Heart", 365, "Consent None", Modalities.Heart },
            { "and no longer", "0 Grant Heart", 366, "Consent None", Modalities.None },
            { "expired and asked again", "0 Grant Heart, 366 Ask Heart", 366, "Consent None", Modalities.None },
            { "agreed on paper", "", 0, "Safety Heart,Stress", Modalities.Camera | Modalities.Heart | Modalities.Stress },
            {
                "on paper, taken back on the device",
                "0 Withdraw Heart",
                0,
                "Safety Heart,Stress",
                Modalities.Camera | Modalities.Stress
            },
        };

    [Theory]
    [MemberData(nameof(Drivers))]
    public void A_driver_is_judged_as_he_agreed(string name, string said, int day, string settings, Modalities allowed)
    {
        var words = settings.Split(' ');
        var privacy = new PrivacySettings
        {
            Basis = Enum.Parse<LegalBasis>(words[0]),
            OnPaper = Enum.Parse<Modalities>(words[1]),
        };
        Assert.Equal((name, allowed), (name, Book(said).Allowed(privacy, Start.AddDays(day))));
    }

    [Fact]
    public void A_board_without_a_clock_lets_nothing_expire() =>
        Assert.Equal(ConsentState.Granted, Book("0 Grant Heart").StateOf(Modalities.Heart, now: null));

    [Fact]
    public void A_new_text_wants_a_new_answer()
    {
        var old = new Consent(ConsentState.Granted, "00000000", Start);
        var book = ConsentRecord.Empty with { Words = ConsentRecord.Empty.Words.SetItem(Modalities.Heart, old) };
        Assert.Equal(ConsentState.Asked, book.StateOf(Modalities.Heart, Start));
        Assert.Equal(Modalities.None, book.Allowed(new() { Basis = LegalBasis.Consent }, Start));
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData(null)]
    public void A_question_opens_nothing_that_was_refused_also_when_the_text_is_new_or_lost(string? text)
    {
        var refused = ConsentRecord.AllWithdrawn with
        {
            Words = ConsentRecord.Empty.Words.Add(Modalities.Camera, new(ConsentState.Withdrawn, text, Start)),
        };
        Assert.Equal(Modalities.None, refused.WithQuestion(Modalities.Camera, Start).Allowed(new(), Start));
    }

    [Fact]
    public void A_changed_word_in_any_language_is_a_new_text()
    {
        Assert.All(
            ConsentText.Each,
            one =>
            {
                string[] texts = [.. ConsentText.Languages.Select(language => ConsentText.Of(one, language))];
                Assert.Equal(ConsentText.VersionOf(one), ConsentText.VersionOf(texts));
                for (var i = 0; i < texts.Length; i++)
                    Assert.NotEqual(
                        ConsentText.VersionOf(one), ConsentText.VersionOf(texts.Select((text, k) => k == i ? text + "!" : text)));
            }
        );
        Assert.Distinct(
            ConsentText.Each.SelectMany(one => ConsentText.Languages.Select(language => ConsentText.Of(one, language))));
    }

    [Fact]
    public void Each_modality_has_a_text_of_its_own() => Assert.Distinct(ConsentText.Each.Select(ConsentText.VersionOf));

    private static ConsentRecord Book(string said)
    {
        var book = ConsentRecord.Empty;
        foreach (var words in said.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split(' ')))
        {
            var (now, one) = (Start.AddDays(int.Parse(words[0], CultureInfo.InvariantCulture)), Enum.Parse<Modalities>(words[2]));
            book = words[1] switch
            {
                "Ask" => book.WithQuestion(one, now),
                "Grant" => book.Grant(one, now),
                "Withdraw" => book.Withdraw(one, now),
                var word => throw new ArgumentOutOfRangeException(nameof(said), word),
            };
        }

        return book;
    }
}
