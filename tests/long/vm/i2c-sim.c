// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * An I2C bus whose devices are 256 registers each, as most sensors are: a write sets the register pointer and what follows it, a
 * read goes on from there. i2c-stub of the kernel knows SMBus calls only, and the program makes plain transfers.
 *
 * chips: addresses that answer; taking one out of the list pulls the device out.
 * held: while it is not 0 no transfer comes back, as on a bus whose clock a device holds down.
 */
#include <linux/delay.h>
#include <linux/i2c.h>
#include <linux/module.h>

static ushort chips[16];
static int chip_count;
module_param_array(chips, ushort, &chip_count, 0644);

static int held;
module_param(held, int, 0644);

static u8 registers[128][256];
static u8 pointers[128];

static bool answers(u16 address)
{
	int i;

	for (i = 0; i < chip_count; i++)
		if (chips[i] == address)
			return true;
	return false;
}

static int transfer(struct i2c_adapter *adapter, struct i2c_msg *messages, int count)
{
	int i, j;

	while (READ_ONCE(held))
		if (msleep_interruptible(20))
			return -EINTR;
	for (i = 0; i < count; i++) {
		struct i2c_msg *message = &messages[i];
		u16 address = message->addr;

		if (address > 127 || !answers(address))
			return -EREMOTEIO;
		if (message->flags & I2C_M_RD) {
			for (j = 0; j < message->len; j++)
				message->buf[j] = registers[address][pointers[address]++];
		} else if (message->len > 0) {
			u8 at = pointers[address] = message->buf[0];

			for (j = 1; j < message->len; j++)
				registers[address][at++] = message->buf[j];
		}
	}
	return count;
}

static u32 functions(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm algorithm = { .master_xfer = transfer, .functionality = functions };
static struct i2c_adapter bus = { .owner = THIS_MODULE, .algo = &algorithm, .name = "registers" };

static int __init begin(void)
{
	return i2c_add_adapter(&bus);
}

static void __exit end(void)
{
	i2c_del_adapter(&bus);
}

module_init(begin);
module_exit(end);
MODULE_DESCRIPTION("An I2C bus of registers, for tests");
MODULE_LICENSE("Dual MIT/GPL");
