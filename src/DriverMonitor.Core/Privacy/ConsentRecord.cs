using System.Collections.Immutable;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Privacy;

/// <summary>What one driver has agreed to, modality by modality. Each word gives a new book.</summary>
public sealed record ConsentRecord
{
    public static ConsentRecord Empty { get; } = new();

    /// <summary>What counts where somebody said something and nobody can read any more what it was.</summary>
    public static ConsentRecord AllWithdrawn { get; } = new()
    {
        Words = ConsentText.Each.ToImmutableDictionary(one => one, _ => new Consent(ConsentState.Withdrawn)),
    };

    /// <summary>The last word on each modality; one that is not in it was never asked for.</summary>
    public ImmutableDictionary<Modalities, Consent> Words { get; init; } = ImmutableDictionary<Modalities, Consent>.Empty;

    /// <summary>The driver was shown the text. A refusal stands, whatever the text was: a question opens nothing.</summary>
    public ConsentRecord WithQuestion(Modalities one, DateTimeOffset now) =>
        StateOf(one, now) is ConsentState.Granted or ConsentState.Withdrawn ? this : With(one, ConsentState.Asked, now);

    public ConsentRecord Grant(Modalities one, DateTimeOffset now) => With(one, ConsentState.Granted, now);

    /// <summary>Refused or taken back: holds at once, whatever was agreed to before.</summary>
    public ConsentRecord Withdraw(Modalities one, DateTimeOffset now) => With(one, ConsentState.Withdrawn, now);

    /// <summary>What is left of a driver who is forgotten: that somebody here does not want to be judged.</summary>
    public ConsentRecord OnlyWithdrawn() =>
        this with
        {
            Words = Words.RemoveRange(Words.Where(said => said.Value.State != ConsentState.Withdrawn).Select(said => said.Key)),
        };

    /// <summary>How it stands today.</summary>
    /// <param name="now">Null where nobody vouches for the clock: then nothing expires.</param>
    public ConsentState StateOf(Modalities one, DateTimeOffset? now) => Word(one) switch
    {
        { State: ConsentState.Granted, Text: var text } when text != ConsentText.VersionOf(one) => ConsentState.Asked,
        { State: ConsentState.Granted, At: { } at } when now - at > Consent.GoodFor => ConsentState.Expired,
        var said => said.State,
    };

    /// <summary>What may be judged.</summary>
    public Modalities Allowed(PrivacySettings settings, DateTimeOffset? now)
    {
        var allowed = Modalities.None;
        foreach (var one in ConsentText.Each)
        {
            var needsNoWord = one == Modalities.Camera && settings.Basis == LegalBasis.Safety;
            var may = StateOf(one, now) switch
            {
                ConsentState.Granted => true,
                ConsentState.Withdrawn => false,
                _ => needsNoWord || settings.OnPaper.HasFlag(one),
            };
            if (may) allowed |= one;
        }

        return allowed;
    }

    private Consent Word(Modalities one) => Words.GetValueOrDefault(one);

    private ConsentRecord With(Modalities one, ConsentState state, DateTimeOffset now) =>
        this with { Words = Words.SetItem(one, new(state, ConsentText.VersionOf(one), now)) };
}
