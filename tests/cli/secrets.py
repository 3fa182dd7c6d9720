#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""PIN and passphrase: asked for without echo, again after a wrong one, one C_Login each; never in arguments, output or logs."""

import os
import termios
import unittest

from station_case import StationCase, Terminal, call


class Secrets(StationCase):
    options = {"fixtures": 1, "feed": 50, "log_signatures": True}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pin = (cls.station.folder / "pin").read_text().strip()
        # from here on it is a station whose people hold PIN and passphrase
        text = cls.station.config.read_text().replace('pin_file = "pin"\n', "").replace('passphrase_file = "supervisor.pass"\n', "")
        cls.station.config.write_text(text)

    def setUp(self):
        self.station.wait_for_signer_to_leave()
        self.log_begins = self.station.signature_log.stat().st_size if self.station.signature_log.exists() else 0

    def logins(self):
        with self.station.signature_log.open() as log:
            log.seek(self.log_begins)
            return [line for line in log if line.startswith("C_Login ")]

    def test_a_wrong_pin_is_asked_for_again_and_each_costs_one_login(self):
        terminal = Terminal("--config", self.station.config, "ca", "show")
        terminal.wait_for("PIN of the HSM token")
        terminal.enter("000000")
        self.assertIn("PIN was not accepted", terminal.wait_for("PIN of the HSM token"))
        self.assertEqual(len(self.logins()), 1)
        terminal.enter(self.pin)
        shown, code = terminal.end()
        self.assertEqual(code, 0, shown)
        self.assertIn("ready", shown)
        self.assertNotIn(self.pin, shown)
        self.assertEqual(sum("rv=0 " in line for line in self.logins()), 1)
        self.assertEqual(sum("rv=0 " not in line for line in self.logins()), 1)

    def test_three_wrong_pins_end_it(self):
        terminal = Terminal("--config", self.station.config, "ca", "show")
        for _ in range(3):
            terminal.wait_for("PIN of the HSM token")
            terminal.enter("000000")
        shown, code = terminal.end()
        self.assertEqual(code, 3, shown)
        self.assertEqual(len(self.logins()), 3)

    def test_a_pin_from_a_descriptor_is_tried_once(self):
        done = call("--config", self.station.config, "ca", "show", "--pin-fd", "{fd}", fds=["000000\n"])
        self.assertEqual(done.returncode, 3, done.stdout)
        self.assertIn("PIN was not accepted", done.stderr)
        self.assertEqual(len(self.logins()), 1)
        self.station.wait_for_signer_to_leave()
        done = call("--config", self.station.config, "ca", "show", "--pin-fd", "{fd}", fds=[self.pin + "\n"])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(self.logins()), 2)

    def test_without_a_terminal_nobody_is_asked(self):
        done = call("--config", self.station.config, "ca", "show")
        self.assertEqual(done.returncode, 3)
        self.assertIn("--pin-fd", done.stderr)
        self.assertEqual(self.logins(), [])

    def test_scans_on_standard_input_leave_the_terminal_for_the_pin(self):
        self.create("prompted")
        self.station.wait_for_signer_to_leave()
        scans = self.scans("prompted-scans", "F1,prompted-1")
        terminal = Terminal("--config", self.station.config, "run", "prompted", "--scans", scans)
        terminal.wait_for("PIN of the HSM token")
        terminal.enter(self.pin)
        terminal.wait_for("1 recorded")
        _, code = terminal.end()
        self.assertEqual(code, 0)

    def create(self, name, passphrase=None, code=0, options=()):
        done = call("--config", self.station.config, "batch", "create", name, "--mode", "sas", "--scope-id", "0ne00ABCDEF", "--pattern",
                    name + "-{seq}", "--count", "3", "--pin-fd", "{fd}", "--auth-fd", "{fd}", *options,
                    fds=[self.pin + "\n", (passphrase or self.passphrase) + "\n"])
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def test_a_wrong_passphrase_opens_no_batch(self):
        done = self.create("unopened", passphrase="not the one", code=2)
        self.assertIn("passphrase is wrong", done.stderr)
        self.create("unopened", code=2, options=["--as", "nobody"])
        self.assertEqual(self.station.journal("select count(*) from batch where name = 'unopened'")[0][0], 0)
        self.create("unopened")

    def test_a_wrong_passphrase_is_asked_for_again_at_a_terminal(self):
        terminal = Terminal("--config", self.station.config, "batch", "create", "asked", "--mode", "x509", "--scope-id", "0ne00ABCDEF",
                            "--pattern", "asked-{seq}", "--count", "3")
        terminal.wait_for("PIN of the HSM token")
        terminal.enter(self.pin)
        terminal.wait_for("Passphrase of supervisor demo")
        terminal.enter("wrong one")
        self.assertIn("passphrase is wrong", terminal.wait_for("Passphrase of supervisor demo"))
        terminal.enter(self.passphrase)
        shown, code = terminal.end()
        self.assertEqual(code, 0, shown)
        self.assertNotIn(self.passphrase, shown)

    def test_an_interrupt_at_a_prompt_gives_the_echo_back(self):
        terminal = Terminal("--config", self.station.config, "ca", "show")
        terminal.wait_for("PIN of the HSM token")
        self.assertFalse(termios.tcgetattr(terminal.fd)[3] & termios.ECHO)
        os.write(terminal.fd, b"\x03")
        _, status = os.waitpid(terminal.pid, 0)
        self.assertTrue(os.WIFSIGNALED(status))
        self.assertTrue(termios.tcgetattr(terminal.fd)[3] & termios.ECHO)
        os.close(terminal.fd)


if __name__ == "__main__":
    unittest.main(verbosity=2)
