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
    "gamma 0.4": "lutyuv=y='16+219*pow(clip((val-16)/219,0,1),1/0.4)'",
    "gamma 2.5": "lutyuv=y='16+219*pow(clip((val-16)/219,0,1),1/2.5)'",
    "washed out": "lutyuv=y='clip(90+(val-16)*0.9,16,235)'",
    "a third of the contrast": "lutyuv=y='126+(val-126)*0.33',noise=c0s=4:c0f=t",
    "salt and pepper": f"{GREY},geq=lum='if(lt(random(1),0.04),if(lt(random(2),0.5),16,235),lum(X,Y))':cb=128:cr=128",
    "motion blur": "tmix=frames=3,avgblur=sizeX=6:sizeY=1",
    "shaking camera": "crop=iw-32:ih-32:16+14*sin(n*1.7):16+14*cos(n*2.3),pad=iw+32:ih+32:16:16",
    "rolling bands": "geq=lum='16+(lum(X,Y)-16)*(0.7+0.3*sin(2*PI*(3*Y/H+4*T)))':cb='cb(X,Y)':cr='cr(X,Y)'",
    "shadows of trees": "geq=lum='16+(lum(X,Y)-16)*if(gt(sin(2*PI*(1.5*X/W+2.7*T)),0),1,0.4)':cb='cb(X,Y)':cr='cr(X,Y)'",
    "sun from the side": "geq=lum='clip(16+(lum(X,Y)-16)*(0.35+1.6*X/W),16,235)':cb='cb(X,Y)':cr='cr(X,Y)'",
    "lamp that pulses": "eq=brightness='if(mod(n,2),-0.18,0.05)':eval=frame",
    "sodium light": "colorchannelmixer=rr=0.5:rg=0.4:gr=0.3:gg=0.3:bb=0.05,noise=alls=12:allf=t",
    "grey, one plane": "format=gray",
    "very low bit rate": "null",
    "half the lines": "scale=-2:240",
    "10 pictures/s": "fps=10",
    "12 pictures/s": "fps=12",
    "uneven rate": "select='not(eq(mod(n,7),2)+eq(mod(n,5),3)+eq(mod(n,11),4))'",
    "half a second lost every 3 s": "select='lt(mod(t,3),2.5)'",
    "10 pictures/s, night noise": "fps=10,eq=brightness=-0.22:contrast=0.6:saturation=0.6,noise=alls=25:allf=t",
    "roll 12": "rotate=12*PI/180",
    "camera from the side": "perspective=x0=W*0.06:y0=H*0.05:x1=W:y1=0:x2=W*0.06:y2=H*0.95:x3=W:y3=H",
    "mirrored in infrared": f"hflip,{GREY},vignette=PI/4,noise=c0s=10:c0f=t",
    "wide lens": "lenscorrection=k1=-0.25:k2=0.03",
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
    "passenger between the seats": f"{AWAKE}[p]scale=256:192,pad=640:480:20:120[q];[a][q]hstack=shortest=1",
    "two passengers": f"{AWAKE}[p]scale=448:336,pad=640:480:96:100,split[q][r];[q][a][r]hstack=inputs=3:shortest=1",
    "mirrored": "hflip",
    "sunglasses, half": "drawbox=225:150:85:48:black@0.55:fill,drawbox=330:157:85:48:black@0.55:fill",
    "sunglasses, mirroring": "drawbox=225:150:85:48:0x90A8C0:fill,drawbox=330:157:85:48:0x90A8C0:fill,"
                             "drawbox=240:156:24:8:white:fill,drawbox=345:163:24:8:white:fill",
    "sunglasses in infrared": f"drawbox=225:150:85:48:black@0.55:fill,drawbox=330:157:85:48:black@0.55:fill,{GREY},noise=c0s=10:c0f=t",
    "one lens": "drawbox=225:150:85:48:black:fill",
    "frame of glasses": "drawbox=222:148:90:56:0x181818:5,drawbox=328:155:90:56:0x181818:5",
    "glints on glasses": "drawbox=250:160:14:7:white:fill,drawbox=356:167:14:7:white:fill,drawbox=222:148:90:56:0x303030:3,"
                         "drawbox=328:155:90:56:0x303030:3",
    "hand over the other eye": "drawbox=325:120:95:110:0xC08868:fill",
    "hand before the mouth": "drawbox=250:235:150:110:0xC08868:fill",
    "cap and mask": "drawbox=190:60:260:78:0x202030:fill,drawbox=225:225:175:140:0xB8C8D0:fill",
    "hood": "drawbox=150:30:70:400:0x202020:fill,drawbox=420:30:70:400:0x202020:fill,drawbox=150:30:340:60:0x202020:fill",
}

# Where the eyes may be beyond judging: saying so in time is as good as an alert there.
MAY_SAY = {
    "very dark", "a twentieth of the light", "infrared, strong noise", "infrared, very strong noise", "infrared, rain of dots",
    "night noise", "sunglasses, dark", "sunglasses, opaque", "upside down",
}

ENCODING = {
    "strongly compressed": ["-crf", "38", "-preset", "veryfast"],
    "very low bit rate": ["-b:v", "90k", "-preset", "veryfast"],
    "grey, one plane": ["-crf", "14", "-preset", "ultrafast", "-pix_fmt", "gray"],
}
