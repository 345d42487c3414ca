"""Drives the installed Java kernel with the jupyter_client of the environment, as a front end does.

    environment/.venv/bin/python environment/tests/kernel/conformance.py [--kernel NAME]

One test per message of the protocol. Ends with 1 where one fails. Another kernel's name may be
given, to see what it does with the same requests.
"""

import argparse
import sys
import time
import unittest

from jupyter_client.manager import start_new_kernel

KERNEL = "java"
SECONDS = 60


class Conformance(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.manager, cls.client = start_new_kernel(kernel_name=KERNEL, startup_timeout=SECONDS)

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel(now=True)

    def run_cell(self, code, **options):
        """The reply, and what was published between busy and idle."""
        published = []
        reply = self.client.execute_interactive(
            code, timeout=SECONDS, output_hook=published.append, stop_on_error=False, **options
        )
        return reply["content"], published

    def ask(self, message_id, channel="shell"):
        get = getattr(self.client, f"get_{channel}_msg")
        while True:
            reply = get(timeout=SECONDS)
            if reply["parent_header"].get("msg_id") == message_id:
                self.assertIn("status", reply["content"])
                return reply["content"]

    def test_kernel_info(self):
        info = self.ask(self.client.kernel_info())
        self.assertEqual(info["language_info"]["name"], "java")
        self.assertGreaterEqual(tuple(map(int, info["protocol_version"].split("."))), (5, 3))

    def test_execute_result_and_streams(self):
        reply, published = self.run_cell('System.out.println("out"); System.err.println("err"); 6 * 7')
        self.assertEqual(reply["status"], "ok")
        by_type = {m["msg_type"]: m["content"] for m in published}
        self.assertEqual(by_type["execute_result"]["data"]["text/plain"], "42")
        streams = {m["content"]["name"]: m["content"]["text"] for m in published if m["msg_type"] == "stream"}
        self.assertEqual(streams, {"stdout": "out\n", "stderr": "err\n"})

    def test_error_names_class_and_line(self):
        reply, _ = self.run_cell("int zero = 0;\n1 / zero")
        self.assertEqual((reply["status"], reply["ename"]), ("error", "java.lang.ArithmeticException"))
        self.assertIn("line 2", "\n".join(reply["traceback"]))

    def test_silent_publishes_nothing(self):
        _, published = self.run_cell("System.out.println(1); 2", silent=True)
        self.assertEqual([m for m in published if m["msg_type"] != "status"], [])

    def test_store_history_false_does_not_count(self):
        first, _ = self.run_cell("1")
        self.run_cell("1", store_history=False)
        second, _ = self.run_cell("1")
        self.assertEqual(second["execution_count"], first["execution_count"] + 1)

    def test_user_expressions(self):
        reply, _ = self.run_cell("int u = 20;", user_expressions={"sum": "u + 22"})
        self.assertEqual(reply["user_expressions"]["sum"]["data"]["text/plain"], "42")

    def test_display_and_update(self):
        _, published = self.run_cell('var id = display("a", "text/plain"); updateDisplay(id, "b", "text/plain");')
        shown = {m["msg_type"]: m["content"] for m in published}
        self.assertEqual(shown["display_data"]["transient"], shown["update_display_data"]["transient"])

    def test_complete_counts_code_points(self):
        code = '"😀".toUpp'
        reply = self.ask(self.client.complete(code, len(code)))
        self.assertTrue(any(match.startswith("toUpperCase") for match in reply["matches"]))
        self.assertEqual((reply["cursor_start"], reply["cursor_end"]), (len(code) - 5, len(code)))

    def test_inspect_shows_javadoc(self):
        reply = self.ask(self.client.inspect("Math.abs(", 9))
        self.assertTrue(reply["found"])
        self.assertIn("absolute value", reply["data"]["text/plain"])

    def test_is_complete(self):
        for code, status in {"int x = 1;": "complete", "if (true) {": "incomplete", ") (": "invalid"}.items():
            with self.subTest(code):
                self.assertEqual(self.ask(self.client.is_complete(code))["status"], status)

    def test_history(self):
        self.run_cell('String needle = "hay";')
        reply = self.ask(self.client.history(hist_access_type="search", pattern="*needle*", n=5))
        self.assertTrue(any("needle" in entry[2] for entry in reply["history"]))

    def comm(self, kind, **content):
        """Sends a comm message and returns what is published for it up to idle."""
        message = self.client.session.msg(kind, content)
        self.client.shell_channel.send(message)
        published = []
        while True:
            answer = self.client.get_iopub_msg(timeout=SECONDS)
            if answer["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                if answer["content"].get("execution_state") == "idle":
                    return published
                published.append(answer)

    def test_comm_of_a_target_that_nobody_registered(self):
        published = self.comm("comm_open", comm_id="none", target_name="nobody", data={})
        self.assertEqual([m["content"]["comm_id"] for m in published if m["msg_type"] == "comm_close"], ["none"])
        self.assertEqual(self.ask(self.client.comm_info(target_name="nobody"))["comms"], {})

    def test_comm_open_message_close(self):
        self.run_cell('registerComm("echo", (comm, opened) -> comm.onMessage(m -> comm.send(m.data())));')
        self.comm("comm_open", comm_id="1", target_name="echo", data={})
        self.assertEqual(self.ask(self.client.comm_info())["comms"], {"1": {"target_name": "echo"}})
        published = self.comm("comm_msg", comm_id="1", data={"a": [1, "b"]})
        self.assertEqual([m["content"]["data"] for m in published if m["msg_type"] == "comm_msg"], [{"a": [1, "b"]}])
        self.comm("comm_close", comm_id="1", data={})
        self.assertEqual(self.ask(self.client.comm_info())["comms"], {})

    def test_stdin_and_password(self):
        asked = []

        def answer(message):
            asked.append((message["content"]["prompt"], message["content"]["password"]))
            self.client.input("secret")

        _, published = self.run_cell('password("key?")', allow_stdin=True, stdin_hook=answer)
        self.assertEqual(asked, [("key?", True)])
        results = [m["content"]["data"]["text/plain"] for m in published if m["msg_type"] == "execute_result"]
        self.assertEqual(results, ["secret"])

    def test_interrupt_ends_an_endless_loop(self):
        message_id = self.client.execute("while (true) {}", stop_on_error=False)
        time.sleep(1)
        self.manager.interrupt_kernel()
        self.assertEqual(self.ask(message_id)["status"], "error")
        self.assertEqual(self.run_cell("1 + 1")[0]["status"], "ok")

    def test_restart(self):
        self.run_cell("int before = 1;")
        self.manager.restart_kernel(now=False)
        self.client.wait_for_ready(timeout=SECONDS)
        self.assertEqual(self.run_cell("before")[0]["status"], "error")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kernel", default=KERNEL)
    options, rest = parser.parse_known_args()
    KERNEL = options.kernel
    unittest.main(argv=[sys.argv[0], *rest])
