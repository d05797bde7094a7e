namespace DriverMonitor.Mqtt;

/// <summary>
/// Decides in which version of MQTT one broker is asked next. Some brokers that know 3.1.1 only say so; others (RabbitMQ before
/// 3.13) close the connection on a CONNECT of version 5 without an answer, which a network may do as well. So 3.1.1 is tried once
/// after two such closes. What was found that way is a guess: after each connection 5 is asked once more.
/// </summary>
/// <param name="setting"><see cref="MqttSettings.Protocol"/>.</param>
internal sealed class ProtocolChoice(string setting)
{
    public const string Auto = "Auto";
    public const string New = "5";
    public const string Old = "3.1.1";

    /// <summary>One may be a restart or a middlebox; more would leave the vehicle without a link for longer.</summary>
    private const int ClosesBeforeOld = 2;

    private bool _refusedNew;
    private bool _answeredOld;
    private int _closes;

    /// <summary>Whether to ask in MQTT 3.1.1 next.</summary>
    public bool IsOld => setting == Old || (setting == Auto && (_refusedNew || _closes >= ClosesBeforeOld));

    /// <summary>Whether 3.1.1 is a guess, because nobody refused 5.</summary>
    public bool IsGuess => setting == Auto && !_refusedNew && IsOld;

    /// <summary>Takes how an attempt, or the connection it led to, ended.</summary>
    /// <returns>True if the same broker should be asked again at once, in MQTT 3.1.1.</returns>
    public bool Step(ConnectionEvent news)
    {
        if (setting != Auto || _refusedNew) return false;
        if (IsOld) StepOld(news);
        else StepNew(news);
        return IsOld && news is ConnectionEvent.OldBroker or ConnectionEvent.Unanswered;
    }

    private void StepNew(ConnectionEvent news)
    {
        switch (news)
        {
            case ConnectionEvent.OldBroker: _refusedNew = true; break;
            case ConnectionEvent.Unanswered: _closes++; break;
            case ConnectionEvent.Unreachable or ConnectionEvent.Stopped: _closes = Known; break;
            default: (_answeredOld, _closes) = (false, 0); break;
        }
    }

    private void StepOld(ConnectionEvent news)
    {
        if (news == ConnectionEvent.Unanswered) _answeredOld = false;
        else if (news is not (ConnectionEvent.Unreachable or ConnectionEvent.Stopped)) _answeredOld = true;
        _closes = Known;
    }

    /// <summary>Where 3.1.1 has worked, one close more is enough.</summary>
    private int Known => _answeredOld ? ClosesBeforeOld - 1 : 0;
}
