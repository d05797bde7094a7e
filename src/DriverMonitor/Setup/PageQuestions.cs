using DriverMonitor.Configuration;
using DriverMonitor.Monitoring;
using DriverMonitor.Web;

namespace DriverMonitor.Setup;

/// <summary>Who may see the page in the cab.</summary>
/// <param name="now">The settings as they are: what an empty answer keeps.</param>
/// <param name="credentials">The folder for the page's password.</param>
internal sealed class PageQuestions(IDialogue dialogue, SettingsDraft draft, MonitorOptions now, string credentials)
{
    public void Ask()
    {
        dialogue.Print($"Page in the cab, port {now.Web.Port}");
        var wanted = dialogue.Confirm(
            "page_in_network", "For phones in the vehicle's network too, not only on this device", byDefault: !now.Web.IsLoopback);
        var file = now.Web.PasswordFile ?? Path.Combine(credentials, "page.password");
        if (wanted && HasPassword(file))
        {
            draft.Set("Web:Address", now.Web.IsLoopback ? "0.0.0.0" : now.Web.Address);
            draft.Set("Web:PasswordFile", file);
        }
        else
        {
            draft.Set("Web:Address", null);
        }
    }

    private bool HasPassword(string file)
    {
        var kept = File.Exists(file) ? "as it is" : "none, so only on this device";
        var password = dialogue.Secret(
            "page_password", $"Its password, {PagePassword.Shortest} characters or more (empty: {kept})",
            answer => answer.Length < PagePassword.Shortest ? "Too short. Four words will do." : null);
        if (password.Length > 0) draft.Keep(file, place => Save(place, password));
        return draft.Keeps(file) || File.Exists(file);
    }

    private static void Save(string file, string password)
    {
        try
        {
            PagePassword.Save(file, password);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Password file {file} cannot be written: {e.Message} Run setup as root.", e);
        }
    }
}
