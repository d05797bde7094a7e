"""A bluetoothd for tests: one adapter and heart-rate straps on a private bus, misbehaving as it is told on standard input.

Every line is one command and gets one line back. `strap` makes a device; `set` changes how it behaves:

  present    1: it answers calls                  connects   s until a call succeeds
  resolves   0: its services stay unknown         bonded     what BlueZ believes
  needsbond  1: no pulse without a bond           refuses    1: bonding fails
  drops      s after the subscription, it hangs up (0: never)
  faults     errors for the next StartNotify calls, comma separated, such as InProgress,Failed
  mute       silent for so many subscriptions     beats      s between its own packets (0: none)
  rr         ms of each interval it sends         doubles    1: every packet comes twice
  battery    percent (-1: none)                   tells      1: it tells its battery by itself
  daemon     1: BlueZ itself follows the battery  lingers    s until BlueZ has hung up
"""
import json
import sys

import dbus
import dbus.lowlevel
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

BLUEZ, PROPERTIES, MANAGER = "org.bluez", "org.freedesktop.DBus.Properties", "org.freedesktop.DBus.ObjectManager"
ADAPTER, DEVICE, AGENTS = "org.bluez.Adapter1", "org.bluez.Device1", "org.bluez.AgentManager1"
BATTERY, AGENT = "org.bluez.Battery1", "org.bluez.Agent1"
SERVICE, CHARACTERISTIC = "org.bluez.GattService1", "org.bluez.GattCharacteristic1"
HCI = "/org/bluez/hci0"


def uuid(number):
    return "0000%04x-0000-1000-8000-00805f9b34fb" % number


class Fault(dbus.DBusException):
    def __init__(self, name, text=""):
        super().__init__(text or name)
        self._dbus_error_name = "org.bluez.Error." + name


class Thing(dbus.service.Object):
    """An object with properties that tells of their changes."""

    def __init__(self, path, interface, **values):
        super().__init__(world.bus, path)
        self.path, self.interface, self.values = path, interface, values
        world.things[path] = self
        world.InterfacesAdded(path, self.told())

    def told(self):
        return dbus.Dictionary({self.interface: dbus.Dictionary(self.values, signature="sv")}, signature="sa{sv}")

    def vanish(self):
        if world.things.pop(self.path, None):
            world.InterfacesRemoved(self.path, [self.interface])
            self.remove_from_connection()

    def change(self, **values):
        gone = [name for name, value in values.items() if value is None and self.values.pop(name, None) is not None]
        here = {name: value for name, value in values.items() if value is not None and self.values.get(name) != value}
        self.values.update(here)
        if here or gone:
            self.tell(here, gone)

    def tell(self, values, gone=()):
        self.PropertiesChanged(self.interface, dbus.Dictionary(values, signature="sv"), dbus.Array(gone, signature="s"))

    @dbus.service.signal(PROPERTIES, signature="sa{sv}as")
    def PropertiesChanged(self, interface, values, gone):
        pass


class Adapter(Thing):
    def __init__(self):
        super().__init__(HCI, ADAPTER, Address="00:00:00:00:00:01", Powered=dbus.Boolean(world.power), Discovering=dbus.Boolean(False))

    @dbus.service.method(PROPERTIES, in_signature="ssv")
    def Set(self, interface, name, value):
        world.count("Set" + name)
        if world.blocked:
            raise Fault("Blocked", "Blocked through rfkill")
        self.change(**{name: value})

    @dbus.service.method(ADAPTER, in_signature="a{sv}")
    def SetDiscoveryFilter(self, terms):
        world.filter = {name: list(map(str, value)) if isinstance(value, dbus.Array) else str(value) for name, value in terms.items()}

    @dbus.service.method(ADAPTER)
    def StartDiscovery(self):
        world.count("StartDiscovery")
        self.change(Discovering=dbus.Boolean(True))
        for strap in world.straps.values():
            strap.advertise()

    @dbus.service.method(ADAPTER)
    def StopDiscovery(self):
        world.count("StopDiscovery")
        self.change(Discovering=dbus.Boolean(False))
        for strap in world.straps.values():
            if strap.device:
                strap.device.change(RSSI=None)


class Device(Thing):
    def __init__(self, strap):
        self.strap = strap
        super().__init__(strap.path, DEVICE, Address=strap.address, Alias=strap.name, Connected=dbus.Boolean(False),
                         Paired=dbus.Boolean(strap.bonded), ServicesResolved=dbus.Boolean(False),
                         UUIDs=dbus.Array([uuid(0x180D)], signature="s"), RSSI=dbus.Int16(-60))

    @dbus.service.method(DEVICE, async_callbacks=("ok", "fail"))
    def Connect(self, ok, fail):
        world.count("Connect " + self.strap.address)
        if self.values["Connected"]:
            return fail(Fault("AlreadyConnected"))
        self.strap.call(ok, fail)

    @dbus.service.method(DEVICE, async_callbacks=("ok", "fail"))
    def Disconnect(self, ok, fail):
        world.count("Disconnect")
        self.strap.cancel(Fault("Failed", "le-connection-abort-by-local"))
        self.strap.later(self.strap.lingers, lambda: (self.strap.hang_up(), ok()))

    @dbus.service.method(DEVICE)
    def Pair(self):
        world.count("Pair")
        if self.strap.refuses:
            raise Fault("AuthenticationFailed", "Authentication Failed")
        self.strap.bonded = 1
        self.change(Paired=dbus.Boolean(True))


class Characteristic(Thing):
    def __init__(self, strap, number, value=b""):
        self.strap, self.value, self.notifying = strap, value, False
        super().__init__("%s/service0010/char%04x" % (strap.path, number), CHARACTERISTIC, UUID=uuid(number),
                         Service=dbus.ObjectPath(strap.path + "/service0010"), Notifying=dbus.Boolean(False),
                         Flags=dbus.Array(["read", "notify"] if number == 0x2A37 or strap.tells else ["read"], signature="s"))
        self.number = number

    @dbus.service.method(CHARACTERISTIC, in_signature="a{sv}", out_signature="ay")
    def ReadValue(self, options):
        return dbus.ByteArray(self.value)

    @dbus.service.method(CHARACTERISTIC)
    def StartNotify(self):
        world.count("StartNotify" if self.number == 0x2A37 else "StartNotify %04x" % self.number)
        if self.number != 0x2A37:
            self.notifying = True
            return
        if self.strap.faults:
            name = self.strap.faults.pop(0)
            raise Fault(name, "Operation failed with ATT error: 0x05" if name == "Failed" else name)
        if self.strap.needsbond and not self.strap.bonded:
            raise Fault("NotPermitted", "Not paired")
        self.notifying = True
        self.change(Notifying=dbus.Boolean(True))
        self.strap.mute = max(0, self.strap.mute - 1)
        self.strap.subscribed()

    @dbus.service.method(CHARACTERISTIC)
    def StopNotify(self):
        world.count("StopNotify")
        self.notifying = False
        self.change(Notifying=dbus.Boolean(False))


class Strap:
    def __init__(self, address, name):
        self.address, self.name, self.path = address, name, HCI + "/dev_" + address.replace(":", "_")
        self.device, self.parts, self.pending, self.timers, self.subscription = None, [], None, [], 0
        self.present, self.connects, self.resolves, self.bonded, self.needsbond, self.refuses = 1, 0, 1, 0, 0, 0
        self.drops, self.faults, self.mute, self.beats, self.rr, self.battery, self.doubles = 0, [], 0, 0.05, 800, 80, 0
        self.tells, self.daemon, self.lingers = 0, 0, 0

    def advertise(self):
        if not self.present or HCI not in world.things or not world.things[HCI].values["Discovering"]:
            return
        if self.device is None:
            self.device = Device(self)
        elif not self.device.values["Connected"]:
            self.device.change(RSSI=dbus.Int16(-60))

    def call(self, ok, fail):
        if not self.present:
            self.pending = (ok, fail)  # bluetoothd waits for it about 20 s
            self.later(20, lambda: self.cancel(Fault("Failed", "le-connection-abort-by-local")))
        elif self.connects:
            self.pending = (ok, fail)
            self.later(self.connects, self.answer)
        else:
            self.join()
            ok()

    def answer(self):
        if self.pending and self.present and self.device:
            ok, self.pending = self.pending[0], None
            self.join()
            ok()

    def cancel(self, fault):
        if self.pending:
            fail, self.pending = self.pending[1], None
            fail(fault)

    def join(self):
        self.device.change(Connected=dbus.Boolean(True))
        if self.resolves:
            self.parts = [Characteristic(self, 0x2A37), Characteristic(self, 0x2A38, b"\x01")]
            if self.daemon:
                self.tell_battery()
            elif self.battery >= 0:
                self.parts.append(Characteristic(self, 0x2A19, bytes([self.battery])))
            self.device.change(ServicesResolved=dbus.Boolean(True))

    def tell_battery(self):
        """As BlueZ or the strap itself does when it changes."""
        if self.daemon and self.parts:
            world.InterfacesAdded(self.path, {BATTERY: dbus.Dictionary({"Percentage": dbus.Byte(self.battery)}, signature="sv")})
        elif self.tells and self.parts and self.parts[-1].notifying:
            self.parts[-1].tell({"Value": dbus.ByteArray(bytes([self.battery]))})

    def subscribed(self):
        self.subscription += 1
        if self.beats:
            self.later(self.beats, lambda now=self.subscription: self.beat(now))
        if self.drops:
            self.later(self.drops, self.hang_up)

    def beat(self, subscription):
        if not self.beats or subscription != self.subscription or not (self.parts and self.parts[0].notifying):
            return
        raw = round(self.rr * 1024 / 1000)
        if not self.mute:
            self.send(bytes([0x16, round(60000 / self.rr), raw & 255, raw >> 8]))
        self.later(self.beats, lambda: self.beat(subscription))

    def send(self, value):
        if self.parts and self.parts[0].notifying:
            for _ in range(2 if self.doubles else 1):
                self.parts[0].tell({"Value": dbus.ByteArray(value)})

    def hang_up(self):
        if self.device and self.device.values["Connected"]:
            for timer in self.timers:
                GLib.source_remove(timer)
            self.timers = []
            for part in self.parts:
                part.vanish()
            self.parts = []
            self.device.change(ServicesResolved=dbus.Boolean(False), Connected=dbus.Boolean(False))

    def vanish(self):
        self.cancel(Fault("DoesNotExist"))
        self.hang_up()
        if self.device:
            self.device.vanish()
        self.device = None

    def later(self, seconds, then):
        def fire():
            self.timers.remove(timer)
            then()
            return False
        timer = GLib.timeout_add(int(seconds * 1000), fire)
        self.timers.append(timer)

    def set(self, **how):
        for name, value in how.items():
            if not hasattr(self, name):
                raise ValueError(name)
            setattr(self, name, value.split(",") if name == "faults" else float(value) if "." in value else int(value))
        if "battery" in how:
            self.tell_battery()
        if "present" in how:
            if not self.present:
                self.hang_up()
                if self.device:
                    self.device.change(RSSI=None)
            else:
                self.advertise()
                self.answer()


class World(dbus.service.Object):
    def __init__(self):
        self.bus, self.things, self.straps, self.counts, self.filter = dbus.SystemBus(), {}, {}, {}, {}
        self.power, self.blocked, self.name = True, False, None
        super().__init__(self.bus, "/")

    def count(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1

    @dbus.service.method(MANAGER, out_signature="a{oa{sa{sv}}}")
    def GetManagedObjects(self):
        self.count("GetManagedObjects")
        return dbus.Dictionary({path: thing.told() for path, thing in self.things.items()}, signature="oa{sa{sv}}")

    @dbus.service.signal(MANAGER, signature="oa{sa{sv}}")
    def InterfacesAdded(self, path, interfaces):
        pass

    @dbus.service.signal(MANAGER, signature="oas")
    def InterfacesRemoved(self, path, interfaces):
        pass

    # The commands.

    def start(self):
        self.name = dbus.service.BusName(BLUEZ, self.bus, do_not_queue=True)
        Adapter()

    def stop(self):
        self.unplug()
        self.bus.release_name(BLUEZ)
        self.name = None

    def plug(self):
        Adapter()

    def unplug(self):
        for strap in self.straps.values():
            strap.vanish()
        if HCI in self.things:
            self.things[HCI].vanish()

    def off(self):
        for strap in self.straps.values():
            strap.cancel(Fault("NotReady"))
            strap.hang_up()
        self.things[HCI].change(Powered=dbus.Boolean(False), Discovering=dbus.Boolean(False))

    def strap(self, address, name, *how):
        strap = self.straps[address] = Strap(address, name)
        strap.set(**dict(part.split("=") for part in how))
        strap.advertise()

    def set(self, address, *how):
        self.straps[address].set(**dict(part.split("=") for part in how))

    def send(self, address, *packets):
        for packet in packets:
            self.straps[address].send(bytes.fromhex(packet))

    def join(self, address):
        """Another program connects it."""
        self.straps[address].join()

    def drop(self, address):
        self.straps[address].hang_up()

    def remove(self, address):
        self.straps[address].vanish()

    def block(self, value):
        self.blocked = value == "1"

    def types(self):
        """A signal with a value of every type of the bus."""
        self.emit({
            "byte": dbus.Byte(255), "int16": dbus.Int16(-32768), "uint16": dbus.UInt16(65535), "int32": dbus.Int32(-2**31),
            "uint32": dbus.UInt32(2**32 - 1), "int64": dbus.Int64(-2**63), "uint64": dbus.UInt64(2**64 - 1),
            "nan": dbus.Double("nan"), "infinity": dbus.Double("inf"), "yes": dbus.Boolean(True), "text": "Herz \u2665",
            "path": dbus.ObjectPath("/a/b"), "signature": dbus.Signature("a{sv}"), "bytes": dbus.ByteArray(b"\x00\xff"),
            "texts": dbus.Array(["a", "b"], signature="s"), "numbers": dbus.Array([1, 2], signature="q"),
            "arrays": dbus.Array([dbus.Array(["x"], signature="s"), dbus.Array([], signature="s")], signature="as"),
            "struct": dbus.Struct((1, "one", dbus.Struct((True,)))), "by number": dbus.Dictionary({7: "seven"}, signature="is"),
            "empty": dbus.Dictionary({}, signature="sv"), "file": dbus.types.UnixFd(0), "nested": dbus.String("core", variant_level=5),
            "large": dbus.ByteArray(bytes(4 << 20))})

    def flood(self, count):
        for i in range(int(count)):
            self.emit({"count": i})

    def emit(self, values):
        signal = dbus.lowlevel.SignalMessage("/org/bluez/odd", PROPERTIES, "PropertiesChanged")
        signal.append(DEVICE, values, dbus.Array([], signature="s"), signature="sa{sv}as")
        self.bus.send_message(signal)

    def ask(self, member, device, expected):
        """Calls the agent that was registered last."""
        try:
            self.bus.call_blocking(*self.agent, AGENT, member, "o", [device], timeout=20)
            answer = "granted"
        except dbus.DBusException as e:
            answer = e.get_dbus_name()
        return None if answer == expected else answer

    def state(self):
        return json.dumps({"counts": self.counts, "filter": self.filter, "names": len(self.bus.list_names()), "connected": [
            a for a, s in self.straps.items() if s.device and s.device.values["Connected"]]})


class Agents(dbus.service.Object):
    @dbus.service.method(AGENTS, in_signature="os", sender_keyword="sender")
    def RegisterAgent(self, path, capability, sender):
        world.agent = (sender, path)
        world.count("RegisterAgent " + capability)


def obey(source, condition):
    line = sys.stdin.readline()
    if not line:
        loop.quit()
        return False
    words = line.split()
    try:
        print(getattr(world, words[0])(*words[1:]) or "ok", flush=True)
    except Exception as e:  # a mistake in a test must be seen there
        print("error %r" % e, flush=True)
    return True


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
loop = GLib.MainLoop()
world = World()
agents = Agents(world.bus, "/org/bluez")
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, obey)
print("ready", flush=True)
loop.run()
