"""What is done to the clips: every variant is a chain of ffmpeg filters, applied to the picture as it was filmed."""

# Filters that draw on the scripted portrait only: its face hardly moves, so that a drawn thing stays where it is put. Pixels
# of its 640x480 picture; its eyes lie at (269,173) and (374,181), its mouth at (317,272).
PORTRAIT = "portrait"

GREY = "format=gray,format=yuv420p"

VARIANTS = {
    "as filmed": "null",
    "infrared": f"{GREY},vignette=PI/4,noise=c0s=10:c0f=t",
    "infrared, strong noise": f"{GREY},vignette=PI/4,noise=c0s=45:c0f=t",
    "infrared, very strong noise": f"{GREY},vignette=PI/3.5,noise=c0s=80:c0f=t",
    "infrared, rain of dots": f"{GREY},geq=lum='if(lt(random(1),0.01),255,lum(X,Y))':cb=128:cr=128",
    "night noise": "eq=brightness=-0.22:contrast=0.6:saturation=0.6,noise=alls=25:allf=t",
    "night, strong noise": "eq=brightness=-0.3:contrast=0.45:saturation=0.5,noise=alls=45:allf=t",
    "dark": "lutyuv=y='16+(val-16)*0.22',noise=c0s=4:c0f=t",
    "very dark": "lutyuv=y='16+(val-16)*0.09',noise=c0s=5:c0f=t",
    "a twentieth of the light": "lutyuv=y='16+(val-16)*0.05',noise=c0s=6:c0f=t",
    "backlight": "eq=gamma=0.45:contrast=0.8,vignette=PI/3.2:mode=backward",
    "flicker 3 Hz": "eq=brightness='0.22*sin(2*PI*3*t)':eval=frame",
    "headlights": "eq=brightness='0.45*exp(-pow(mod(t,3)-1.5,2)*12)':eval=frame",
    "tunnels": "eq=brightness='if(lt(mod(t,6),3),-0.35,0)':eval=frame,noise=c0s=6:c0f=t",
    "strongly compressed": "null",
    "5 pictures/s": "fps=5",
    "7 pictures/s": "fps=7",
    "15 pictures/s": "fps=15",
    "120 lines": "scale=-2:120",
    "blur": "gblur=sigma=4",
    "roll 35": "rotate=35*PI/180",
    "30 % lost": "select='gt(random(7),0.3)'",
    "third size": "scale=iw/3:-2,pad=iw*3:ih*3:(ow-iw)/2:(oh-ih)/2",
    "upside down": "hflip,vflip",
}

# Somebody else beside the driver, whose eyes stay open: the first picture of the clip, mirrored.
AWAKE = "split[a][b];[b]select='eq(n,0)',loop=-1:1,setpts=N/15/TB,hflip[p];"

DRAWN = {
    "sunglasses, light": "drawbox=225:150:85:48:black@0.35:fill,drawbox=330:157:85:48:black@0.35:fill",
    "sunglasses, dark": "drawbox=225:150:85:48:black@0.75:fill,drawbox=330:157:85:48:black@0.75:fill",
    "sunglasses, opaque": "drawbox=225:150:85:48:black:fill,drawbox=330:157:85:48:black:fill",
    "cap": "drawbox=190:60:260:78:0x202030:fill",
    "mask": "drawbox=225:225:175:140:0xB8C8D0:fill",
    "beard": "drawbox=228:290:165:80:0x302018@0.85:fill",
    "hand over one eye": "drawbox=225:120:95:110:0xC08868:fill",
    "passenger on the left": f"{AWAKE}[p][a]hstack=shortest=1",
    "passenger on the right": f"{AWAKE}[a][p]hstack=shortest=1",
    "passenger nearer to the camera": f"{AWAKE}[a]scale=448:336,pad=640:480:96:100[d];[p][d]hstack=shortest=1",
    "passenger farther away": f"{AWAKE}[p]scale=448:336,pad=640:480:96:100[q];[a][q]hstack=shortest=1",
    "mirrored": "hflip",
}

# Where the eyes may be beyond judging: saying so in time is as good as an alert there.
MAY_SAY = {
    "very dark", "a twentieth of the light", "infrared, strong noise", "infrared, very strong noise", "infrared, rain of dots",
    "night noise", "sunglasses, dark", "sunglasses, opaque", "upside down",
}

ENCODING = {"strongly compressed": ["-crf", "38", "-preset", "veryfast"]}
