"""A heart-rate strap: the Bluetooth Heart Rate and Battery services on one adapter of the real bluetoothd.

    strap.py hci1 NAME        orders on standard input, each answered by "done ORDER" once it holds

  away        out of range: the adapter is switched off, links die
  back        in range again, and advertising
  beat MS     the interval of its beats from now on
  battery N   percent
It advertises again by itself when bluetoothd was restarted, and says "advertising ADDRESS".
"""
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

BLUEZ, PROPERTIES = "org.bluez", "org.freedesktop.DBus.Properties"
SERVICE, CHARACTERISTIC = "org.bluez.GattService1", "org.bluez.GattCharacteristic1"
ADVERTISEMENT, ROOT = "org.bluez.LEAdvertisement1", "/strap"
ADAPTER, NAME = f"/org/bluez/{sys.argv[1]}", sys.argv[2]


def tell(words):
    print(words, flush=True)


class Told(dbus.service.Object):
    """An object with properties of one interface."""

    def __init__(self, bus, path, interface, values):
        super().__init__(bus, path)
        self.interface, self.values = interface, values

    @dbus.service.method(PROPERTIES, in_signature="s", out_signature="a{sv}")
    def GetAll(self, interface):
        return dbus.Dictionary(self.values if interface == self.interface else {}, signature="sv")

    @dbus.service.signal(PROPERTIES, signature="sa{sv}as")
    def PropertiesChanged(self, interface, changed, gone):
        pass


class Characteristic(Told):
    def __init__(self, bus, path, service, uuid, flags, value):
        super().__init__(bus, path, CHARACTERISTIC, {
            "UUID": uuid, "Service": dbus.ObjectPath(service), "Flags": dbus.Array(flags, signature="s")})
        self.value, self.notifying = value, False

    @dbus.service.method(CHARACTERISTIC, in_signature="a{sv}", out_signature="ay")
    def ReadValue(self, options):
        return dbus.Array(self.value, signature="y")

    @dbus.service.method(CHARACTERISTIC)
    def StartNotify(self):
        self.notifying = True
        tell("subscribed")

    @dbus.service.method(CHARACTERISTIC)
    def StopNotify(self):
        self.notifying = False

    def give(self, value):
        self.value = value
        if self.notifying:
            self.PropertiesChanged(CHARACTERISTIC, {"Value": dbus.Array(value, signature="y")}, [])


class Strap(dbus.service.Object):
    def __init__(self, bus):
        super().__init__(bus, ROOT)
        self.bus, self.interval = bus, 800
        heart, power = f"{ROOT}/heart", f"{ROOT}/power"
        self.pulse = Characteristic(bus, f"{heart}/pulse", heart, "2a37", ["notify"], [0, 0])
        self.place = Characteristic(bus, f"{heart}/place", heart, "2a38", ["read"], [1])
        self.battery = Characteristic(bus, f"{power}/level", power, "2a19", ["read", "notify"], [80])
        self.services = [Told(bus, path, SERVICE, {"UUID": uuid, "Primary": True}) for path, uuid in ((heart, "180d"), (power, "180f"))]
        self.poster = Advertisement(bus, f"{ROOT}/poster", ADVERTISEMENT, {
            "Type": "peripheral", "LocalName": NAME, "ServiceUUIDs": dbus.Array(["180d"], signature="s")})
        bus.watch_name_owner(BLUEZ, lambda owner: owner and GLib.timeout_add(500, self.settle))
        self.left = 0.0
        GLib.timeout_add(1000, self.second)

    @dbus.service.method("org.freedesktop.DBus.ObjectManager", out_signature="a{oa{sa{sv}}}")
    def GetManagedObjects(self):
        things = [*self.services, self.pulse, self.place, self.battery]
        return {dbus.ObjectPath(thing.__dbus_object_path__): {thing.interface: dbus.Dictionary(thing.values, signature="sv")} for thing in things}

    def at(self, interface):
        return dbus.Interface(self.bus.get_object(BLUEZ, ADAPTER, introspect=False), interface)

    def put(self, name, value):
        self.at(PROPERTIES).Set("org.bluez.Adapter1", name, value, signature="ssv")

    def power(self, on):
        self.put("Powered", dbus.Boolean(on))

    def settle(self):
        """Takes its place on an adapter that has just come up; true to be asked again."""
        try:
            self.put("Alias", NAME)
            self.power(True)
        except dbus.DBusException as fault:
            tell(f"waiting: {fault}")
            return True
        self.at("org.bluez.GattManager1").RegisterApplication(
            dbus.ObjectPath(ROOT), {}, signature="oa{sv}", reply_handler=lambda: self.advertise(), error_handler=lambda e: tell(f"no services: {e}"))
        return False

    def advertise(self, done=None):
        done = done or f"advertising {self.at(PROPERTIES).Get('org.bluez.Adapter1', 'Address')}"
        self.at("org.bluez.LEAdvertisingManager1").RegisterAdvertisement(
            dbus.ObjectPath(f"{ROOT}/poster"), {}, signature="oa{sv}", reply_handler=lambda: tell(done), error_handler=lambda e: tell(f"no advertisement: {e}"))

    def second(self):
        """One packet: the rate, and the intervals of the beats that a second has room for, in 1/1024 s."""
        self.left += 1000
        packet = [0x16, round(60000 / self.interval)]
        while self.left >= self.interval:
            self.left -= self.interval
            packet += list((round(self.interval * 1.024)).to_bytes(2, "little"))
        self.pulse.give(packet)
        return True

    def obey(self, order):
        match order.split():
            case ["away"]:
                self.at("org.bluez.LEAdvertisingManager1").UnregisterAdvertisement(dbus.ObjectPath(f"{ROOT}/poster"))
                self.power(False)
            case ["back"]:
                self.power(True)
                return self.advertise("done back")
            case ["beat", interval]:
                self.interval, self.left = int(interval), 0.0
            case ["battery", percent]:
                self.battery.give([int(percent)])
        tell(f"done {order}")


class Advertisement(Told):
    @dbus.service.method(ADVERTISEMENT)
    def Release(self):
        pass


def hear(source, condition):
    order = sys.stdin.readline()
    if not order:
        loop.quit()
        return False
    try:
        strap.obey(order.strip())
    except dbus.DBusException as fault:
        tell(f"refused {order.strip()}: {fault}")
    return True


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
strap = Strap(dbus.SystemBus())
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, hear)
loop = GLib.MainLoop()
loop.run()
