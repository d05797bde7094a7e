using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>
/// Lids cover the eyes of one who reads a phone as they cover a sleeper's: the head tells them apart, and doubt is told as soon.
/// </summary>
public class LookDownStories
{
    public static TheoryData<string, string, string> Drives => new()
    {
        { "reads in the lap: head and lids go together", "20s open speed 80; 0.2s lids 1>0 pitch 0>-14; 4s shut pitch -14; 5s open", "21.7 raised long_look_away 2, 23.2 escalated long_look_away 3, 24.4 look_away 4.1, 26.4 cleared long_look_away 3" },
        { "the same in traffic, at walking pace", "20s open speed 10; 0.2s lids 1>0 pitch 0>-14; 4s shut pitch -14; 5s open", "21.7 raised long_look_away 2, 23.2 escalated long_look_away 3, 24.4 look_away 4.1, 26.2 cleared long_look_away 3" },
        { "head first, and lids that follow a second later", "20s open; 0.2s pitch 0>-14; 1.2s pitch -14; 3s shut pitch -14; 5s open", "22.9 raised long_look_away 2, 24.6 look_away 3.0, 26.6 cleared long_look_away 2" },
        { "half-shut lids in a bowed head", "20s open; 0.3s lids 1>0.3 pitch 0>-14; 4s lids 0.3 pitch -14; 5s open", "23.3 raised long_look_away 2, 24.5 look_away 4.1, 26.5 cleared long_look_away 2" },
        { "deep in the lap, in the first minute", "20s open; 0.2s lids 1>0 pitch 0>-22; 4s shut pitch -22; 5s open", "23.1 raised long_look_away 2, 24.4 look_away 4.1, 26.4 cleared long_look_away 2" },
        { "bowed over a phone since the first picture", "9s shut pitch -15; 5s open", "1.5 raised long_look_away 2, 3.0 escalated long_look_away 3, 6.0 escalated long_look_away 4, 9.2 look_away 9.0, 11.2 cleared long_look_away 4" },
        { "asleep: lids first, then the head sinks", "20s open; 0.3s lids 1>0; 0.8s shut pitch 0>-15; 3s shut pitch -15; 5s open", "21.8 raised eyes_closed 2, 23.3 escalated eyes_closed 3, 24.1 sleep 3.8, 26.1 cleared eyes_closed 3" },
        { "asleep: both sink", "20s open; 1s lids 1>0 pitch 0>-14; 3s shut pitch -14; 5s open", "22.3 raised eyes_closed 2, 23.8 escalated eyes_closed 3, 24.0 sleep 3.2, 26.0 cleared eyes_closed 3" },
        { "asleep since the first picture, upright", "5s shut; 5s open", "1.5 raised eyes_closed 2, 3.0 escalated eyes_closed 3, 5.0 sleep 5.0, 7.0 cleared eyes_closed 3" },
        { "doubt ends with the head up and the eyes shut", "20s open; 0.2s lids 1>0 pitch 0>-14; 1.5s shut pitch -14; 3s shut; 5s open", "21.7 raised eyes_closed 2, 23.2 escalated eyes_closed 3, 24.7 sleep 4.5, 26.7 cleared eyes_closed 3" },
        { "reads, is warned, and looks up", "20s open; 0.2s lids 1>0 pitch 0>-14; 1.6s shut pitch -14; 8s open", "21.7 raised long_look_away 2, 22.0 look_away 1.7, 23.8 cleared long_look_away 2" },
        { "a face that is lost while it reads", "20s open; 0.2s lids 1>0 pitch 0>-14; 1s shut pitch -14; 4s noface; 5s open", "21.7 raised long_look_away 2, 23.2 escalated long_look_away 3, 27.2 cleared long_look_away 3" },
        { "texts with the head up: lids fall, a hand came before the chest", "20s open look 0.5 speed 80; 1s open look 0.5 palm 0.2 1.6; 0.1s lids 1>0 look 0.5 palm 0.2 1.6; 3.9s shut look 0.5 palm 0.2 1.6; 5s open look 0.5", "22.6 raised long_look_away 2, 24.1 escalated long_look_away 3, 25.2 look_away 4.0, 27.2 cleared long_look_away 3" },
        { "the same, by a phone in one look", "20s open look 0.5 phone 0.1 speed 80; 1s open look 0.5 phone 0.4; 0.1s lids 1>0 look 0.5 phone 0.1; 3.9s shut look 0.5 phone 0.1; 5s open look 0.5 phone 0.1", "22.6 raised long_look_away 2, 24.1 escalated long_look_away 3, 25.2 look_away 4.0, 27.2 cleared long_look_away 3" },
        { "texts in short looks", "20s open look 0.5 speed 80; 1s open look 0.5 palm 0.2 1.6; 0.1s lids 1>0 look 0.5 palm 0.2 1.6; 0.8s shut look 0.5 palm 0.2 1.6; 1s open look 0.5 palm 0.2 1.6; 0.1s lids 1>0 look 0.5 palm 0.2 1.6; 0.8s shut look 0.5 palm 0.2 1.6; 5s open look 0.5", "" },
        { "asleep with a hand there: lids sink", "20s open look 0.5 speed 80; 1s open look 0.5 palm 0.2 1.6; 1s lids 1>0 look 0.5 palm 0.2 1.6; 3s shut look 0.5 palm 0.2 1.6; 5s open look 0.5", "23.3 raised eyes_closed 2, 24.8 escalated eyes_closed 3, 25.0 sleep 3.2, 27.0 cleared eyes_closed 3" },
        { "asleep with a hand there: the head sinks after the lids", "20s open look 0.5 speed 80; 1s open look 0.5 palm 0.2 1.6; 0.1s lids 1>0 look 0.5 palm 0.2 1.6; 0.4s shut look 0.5 palm 0.2 1.6; 0.8s shut pitch 0>-15 look 0.5 palm 0.2 1.6; 3s shut pitch -15 look 0.5; 5s open look 0.5", "22.6 raised eyes_closed 2, 24.1 escalated eyes_closed 3, 25.3 sleep 4.2, 27.3 cleared eyes_closed 3" },
        { "asleep with the hands on a wheel that the camera sees", "90s open look 0.5 palm 0.8 2.5 speed 80; 0.1s lids 1>0 look 0.5 palm 0.8 2.5; 3.9s shut look 0.5 palm 0.8 2.5; 5s open look 0.5 palm 0.8 2.5", "91.6 raised eyes_closed 2, 93.1 escalated eyes_closed 3, 94.0 sleep 3.9, 96.0 cleared eyes_closed 3" },
        { "asleep with a hand in the hair", "20s open look 0.5 speed 80; 1s open look 0.5 palm 0.2 -0.9; 0.1s lids 1>0 look 0.5 palm 0.2 -0.9; 3.9s shut look 0.5 palm 0.2 -0.9; 5s open look 0.5", "22.6 raised eyes_closed 2, 24.1 escalated eyes_closed 3, 25.0 sleep 3.9, 27.0 cleared eyes_closed 3" },
        { "looks down for a second", "20s open; 0.2s lids 1>0 pitch 0>-14; 0.8s shut pitch -14; 5s open", "21.0 long_blink 0.9" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, string drive, string timeline) =>
        Assert.Equal((name, timeline), (name, Timeline.Of(drive)));
}
