using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

public class SenseStories
{
    public static TheoryData<string, string, string> Drives => new()
    {
        { "driver leaves and returns", "5s open; 12s noface; 3s open", "15.0 face_lost, 17.0 recovered face_lost" },
        { "somebody leans through the picture", "5s open; 2s noface; 5s open", "" },
        { "camera covered", "5s open; 12s covered; 3s open", "13.0 camera_covered, 17.0 recovered camera_covered" },
        { "covered for a moment", "5s open; 5s covered; 10s open", "" },
        { "dark, and the driver still seen", "5s open; 12s dark; 3s open", "13.0 dark, 17.0 recovered dark" },
        { "dark in the rain", "5s open; 12s dark wipers; 3s open", "13.0 dark wipers, 17.0 recovered dark" },
        { "no light and no face", "5s open; 20s noface dark; 3s open", "13.0 dark, 25.0 recovered dark" },
        { "the sun in the lens", "5s open; 12s glare; 3s open", "13.0 glare, 17.0 recovered glare" },
        { "out of focus", "5s open; 12s blurred; 3s open", "13.0 out_of_focus, 17.0 recovered out_of_focus" },
        { "the picture hangs", "5s open; 12s frozen; 3s open", "8.0 frozen_picture, 17.0 recovered frozen_picture" },
        { "the picture hangs with shut eyes", "5s open; 1s shut; 12s shut frozen; 5s open", "6.5 raised eyes_closed 2, 8.0 escalated eyes_closed 3, 9.0 frozen_picture, 11.0 escalated eyes_closed 4, 12.0 unresponsive (aborted) 7.0, 18.0 recovered frozen_picture, 20.0 cleared eyes_closed 4" },
        { "half-seen eyes in a blurred picture are no closure", "20s open; 12s open blurred; 3s shut eyes 0.6 0.6 blurred; 5s open", "28.0 out_of_focus, 35.0 recovered out_of_focus" },
        { "well-seen eyes in a blurred picture are", "20s open; 12s open blurred; 2s shut blurred; 5s open", "28.0 out_of_focus, 33.5 raised eyes_closed 2, 34.0 microsleep 2.0, 34.0 recovered out_of_focus, 36.0 cleared eyes_closed 2" },
        { "opaque sunglasses", "5s open; 12s sunglasses; 3s open", "15.0 eyes_not_visible, 17.0 recovered eyes_not_visible" },
        { "two faces, which drives?", "5s open; 12s ambiguous; 3s open", "7.5 ambiguous_driver, 17.0 recovered ambiguous_driver" },
        { "the camera hangs upside down", "20s open roll 178; 5s open", "15.0 wrong_mount, 20.0 recovered wrong_mount" },
        { "the face is far too small", "20s open place 0.5 18; 5s open place 0.5 90", "15.0 face_too_small, 20.0 recovered face_too_small" },
        { "the camera looks from the side", "20s open yaw 44; 5s open", "19.0 face_aside, 23.0 raised long_look_away 2, 24.5 escalated long_look_away 3" },
        { "the camera lies on its side", "20s open roll -88; 5s open", "15.0 wrong_mount, 20.0 recovered wrong_mount" },
        { "a head that lies on the shoulder", "5s open; 20s open roll 45; 5s open", "" },
        { "hangs over for a while", "5s open; 12s open roll 80; 5s open", "" },
        { "asleep beside a passenger", "8s rivals 1 1; 4s rivals 0 1; 6s rivals 1 1", "2.5 ambiguous_driver, 9.5 raised eyes_closed 2, 11.0 escalated eyes_closed 3, 14.0 cleared eyes_closed 3" },
        { "on whichever side", "8s rivals 1 1; 4s rivals 1 0; 6s rivals 1 1", "2.5 ambiguous_driver, 9.5 raised eyes_closed 2, 11.0 escalated eyes_closed 3, 14.0 cleared eyes_closed 3" },
        { "two who blink", "4s rivals 1 1; 0.2s rivals 0 1; 4s rivals 1 1; 0.2s rivals 1 0; 4s rivals 1 1", "2.5 ambiguous_driver" },
        { "asleep, and then the passenger leans away", "8s rivals 1 1; 2s rivals 0 1; 2s shut; 4s open", "2.5 ambiguous_driver, 9.5 raised eyes_closed 2, 10.0 recovered ambiguous_driver, 12.0 microsleep 2.0, 14.0 cleared eyes_closed 2" },
        { "asleep beside a passenger, and both are lost", "8s rivals 1 1; 1s rivals 0 1; 12s noface; 3s open", "2.5 ambiguous_driver, 9.0 recovered ambiguous_driver, 9.5 raised eyes_closed 2, 11.0 escalated eyes_closed 3, 19.0 face_lost, 21.0 recovered face_lost, 23.0 cleared eyes_closed 3" },
        { "the smaller face sleeps beside the one that is taken for the driver's", "8s open rival 1; 4s open rival 0; 6s open rival 1", "2.0 ambiguous_driver, 9.5 raised eyes_closed 2, 11.0 escalated eyes_closed 3, 14.0 cleared eyes_closed 3" },
        { "the larger face sleeps", "8s open rival 1; 4s shut rival 1; 6s open rival 1", "2.0 ambiguous_driver, 9.5 raised eyes_closed 2, 11.0 escalated eyes_closed 3, 12.0 sleep 4.0, 14.0 cleared eyes_closed 3" },
        { "the driver's eyes are hidden, the passenger's are not", "4s open rival 1; 2s shut rival 1; 3s open sunglasses rival 1; 3s open rival 1", "2.0 ambiguous_driver, 5.5 raised eyes_closed 2, 7.0 escalated eyes_closed 3, 9.0 sleep (aborted) 5.0, 11.0 cleared eyes_closed 3" },
        { "two alike, asleep, and the sleeper's face is lost", "8s rivals 1 1; 1s rivals 0 1; 3s open rival 1; 4s open", "2.5 ambiguous_driver, 9.5 raised eyes_closed 2, 11.0 escalated eyes_closed 3, 12.0 recovered ambiguous_driver, 14.0 cleared eyes_closed 3" },
        { "two asleep in a parked vehicle", "8s rivals 1 1 speed 0; 6s rivals 0 0; 4s rivals 1 1", "2.5 ambiguous_driver" },
        { "camera unplugged", "5s open; 4s noframe; 3s open", "6.0 camera_lost, 9.0 recovered camera_lost" },
        { "camera unplugged from the start", "4s noframe; 3s open", "1.0 camera_lost, 4.0 recovered camera_lost" },
        { "recording with a hole", "5s open; 3s silence; 3s open", "8.0 stream_interrupted" },
        { "recording with a small hole", "5s open; 1.5s silence; 3s open", "" },
        { "board suspended", "5s open; 70s silence; 3s open", "75.0 time_jump" },
        { "eyes shut into the hole", "5s open; 1.8s shut; 3s silence; 3s open", "6.5 raised eyes_closed 2, 9.8 microsleep (aborted) 1.8, 9.8 stream_interrupted, 11.8 cleared eyes_closed 2" },
        { "pose missing", "5s open; 62s nopose; 3s open", "15.0 pose_uncertain, 65.0 camera_view_poor, 67.0 recovered pose_uncertain" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, string drive, string timeline) =>
        Assert.Equal((name, timeline), (name, Timeline.Of(drive)));

    [Fact]
    public void Five_pictures_a_second_are_reported_and_good_ones_recover() =>
        Assert.Equal("1.2 low_frame_rate", Timeline.Of("20s open", framesPerSecond: 5));
}
