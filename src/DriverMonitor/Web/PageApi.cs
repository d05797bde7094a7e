using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Web;

/// <summary>What the page asks for and does; openapi.json describes it for others.</summary>
internal sealed class PageApi(PageSink sink, PageActions hands, LiveFeed live, AimEndpoint? aim, RequestGuard gate)
{
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/now", () => live.Now());
        app.MapGet("/api/live", live.StreamAsync);
        app.MapGet("/api/today", sink.Day);
        app.MapGet("/api/parts", () => hands.Parts());
        app.MapGet("/api/me", Me);
        app.MapPost("/api/acknowledge", () => Do(hands.Acknowledge));
        app.MapPost("/api/dispute", () => Do(() => hands.Dispute(null)));
        app.MapPost("/api/alerts/{id}/dispute", Dispute);
        app.MapPost("/api/buzzer", () => hands.TestBuzzer is { } test ? Do(test) : NotHere());
        app.MapPut("/api/consent/{modality}", Consent);
        app.MapPost("/api/export", Export);
        app.MapPost("/api/erase", Erase);
        app.MapGet("/api/drives", () => Guarded(() => Results.Json(hands.Drives?.Invoke() ?? [])));
        app.MapGet("/api/drives/{drive}", ReadDrive);
        app.MapDelete("/api/drives", ForgetDrives);
        app.MapGet("/api/history", () => Guarded(History));
        app.MapDelete("/api/history", () => hands.ForgetTrips is { } forget
            ? Guarded(() => Results.Json(new { trips = forget() })) : NotHere());
        app.MapPost("/api/aim", () => aim is null ? NotHere() : Do(aim.Begin));
        app.MapPost("/api/aim/done", () => hands.Aim is not { } tap ? NotHere()
            : Guarded(() => tap.Save() ? Results.NoContent() : Results.Json(new { error = "no_face" }, statusCode: 409)));
        app.MapDelete("/api/aim", () => aim is null ? NotHere() : Do(aim.End));
        app.MapGet(
            "/api/aim/stream",
            (HttpContext context) => aim is null ? RequestGuard.Refuse(context, 404, "not_here") : aim.StreamAsync(context));
        app.MapGet("/health/live", () => Results.Json(new { status = "ok" }));
        app.MapGet("/health/ready", Ready);
    }

    private AboutMe Me()
    {
        var consents = hands.Consents?.Invoke();
        var allowed = consents?.Allowed ?? hands.Allowed();
        return new(
            hands.Driver,
            consents is not null,
            consents?.Fault is not null,
            [
                .. ConsentText.Each.Select(one => new ConsentLine(
                    Name(one),
                    (consents?.Book.StateOf(one, consents.Now) ?? ConsentState.Unknown).ToString().ToLowerInvariant(),
                    (allowed & one) != 0,
                    ConsentText.Languages.ToDictionary(language => language, language => ConsentText.Of(one, language)),
                    ConsentText.VersionOf(one),
                    consents?.Book.Words.GetValueOrDefault(one).At)),
            ]);
    }

    private IResult Consent(string modality, ConsentWord word)
    {
        if (hands.Say is null) return Results.Json(new { error = "nothing_is_kept" }, statusCode: 409);
        var one = ConsentText.Each.FirstOrDefault(one => Name(one) == modality);
        if (one == Modalities.None) return Results.NotFound();
        // Somebody agrees to what was shown, not to what has been written since.
        if (word.Granted && word.Text != ConsentText.VersionOf(one))
            return Results.Json(new { error = "text_has_changed" }, statusCode: 409);
        return Guarded(() =>
        {
            hands.Say(one, word.Granted);
            return Results.Json(Me());
        });
    }

    private IResult Dispute(int id) => sink.Disputable(id) is { } alert
        ? Do(() => hands.Dispute(alert)) : Results.Json(new { error = "not_disputable" }, statusCode: 409);

    private IResult Export() =>
        hands.Export is not { } export
            ? NotHere()
            : Guarded(() =>
                export() is { } text
                    ? Results.Text(text, "application/json")
                    : Results.Json(new { error = "nothing_is_stored" }, statusCode: 404));

    private IResult Erase(EraseWord word) => hands.Erase is not { } erase ? NotHere()
        : word.Driver != hands.Driver ? Results.Json(new { error = "name_does_not_match" }, statusCode: 400)
        : Guarded(() =>
            erase() is > 0 and var files
                ? Results.Json(new { files })
                : Results.Json(new { error = "nothing_is_stored" }, statusCode: 404));

    private IResult History()
    {
        var trips = hands.Trips?.Invoke() ?? [];
        return Results.Json(new TripsView(
            hands.Trips is not null, TripHistory.RetentionDays, trips,
            hands.Trips is null ? [] : TripPatterns.Of(trips, hands.Now())));
    }

    private IResult ForgetDrives() =>
        hands.ForgetDrives is not { } forget ? NotHere() : Guarded(() => Results.Json(new { files = forget() }));

    /// <summary>As a file: hours of it are too long for a page.</summary>
    private async Task ReadDrive(string drive, HttpContext context)
    {
        if (hands.ReadDrive?.Invoke(drive) is not { } lines)
        {
            await RequestGuard.Refuse(context, 404, "not_here");
            return;
        }

        context.Response.ContentType = "application/jsonl; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{drive}.jsonl\"";
        await using var body = new StreamWriter(context.Response.Body, leaveOpen: true);
        foreach (var line in lines) await body.WriteAsync($"{line}\n".AsMemory(), context.RequestAborted);
    }

    /// <summary>
    /// Everybody may know whether to rely on it; what a part lacks, how fast the vehicle is and which models run only who is
    /// signed in.
    /// </summary>
    private IResult Ready(HttpContext context)
    {
        var parts = hands.Parts();
        var well = parts.All(part => part.Ok != false);
        var (status, code) = well ? ("ok", 200) : ("degraded", 503);
        return MayTell(context, Disclosure.Device)
            ? Results.Json(new { status, parts }, statusCode: code)
            : Results.Json(new { status }, statusCode: code);
    }

    private bool MayTell(HttpContext context, Disclosure what) =>
        hands.Policy.Allows(gate.SessionOf(context) is null ? Audience.Stranger : Audience.Driver, what);

    private static IResult Guarded(Func<IResult> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Results.Json(new { error = "cannot_be_written" }, statusCode: 500);
        }
    }

    private static IResult Do(Action act)
    {
        act();
        return Results.NoContent();
    }

    private static IResult NotHere() => Results.Json(new { error = "not_here" }, statusCode: 404);

    private static string Name(Modalities one) => one.ToString().ToLowerInvariant();

    internal sealed record TripsView(
        bool Kept, int RetentionDays, IReadOnlyList<DriverTrip> Trips, IReadOnlyList<TripPattern> Patterns);

    internal sealed record AboutMe(string Driver, bool Kept, bool Damaged, IReadOnlyList<ConsentLine> Consents);

    internal sealed record ConsentLine(
        string Name, string State, bool Allowed, IReadOnlyDictionary<string, string> Texts, string Version, DateTimeOffset? At);

    internal sealed record ConsentWord(bool Granted, string? Text);

    internal sealed record EraseWord(string? Driver);
}
