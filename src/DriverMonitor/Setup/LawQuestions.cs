using DriverMonitor.Core.Privacy;

namespace DriverMonitor.Setup;

/// <summary>On what ground a driver is judged, in plain words.</summary>
internal sealed class LawQuestions(IDialogue dialogue, SettingsDraft draft)
{
    private static readonly (Choice Choice, LegalBasis Basis, JudgementProfile Profile)[] Grounds =
    [
        (new("private", "people in their own vehicle: the camera watches unless they say no; pulse, stress, anger if they say yes"),
            LegalBasis.Safety, JudgementProfile.Standard),
        (new("consent", "nobody is judged at all before saying yes"), LegalBasis.Consent, JudgementProfile.Standard),
        (new("work-eu", "people at work in the EU: as in their own vehicle, but never stress or anger"),
            LegalBasis.Safety, JudgementProfile.EuWork),
    ];

    public void Ask()
    {
        dialogue.Print("Who is watched (docs: privacy.md; whoever operates the vehicle answers for it)");
        var chosen = dialogue.Choose(
            "law", "Who drives", [.. Grounds.Select(ground => ground.Choice), new("as-now", "as it is now")], Grounds.Length)!.Value;
        if (chosen == Grounds.Length) return;
        draft.Set("Privacy:Basis", Grounds[chosen].Basis.ToString());
        draft.Set("Judgement:Profile", Grounds[chosen].Profile.ToString());
    }
}
