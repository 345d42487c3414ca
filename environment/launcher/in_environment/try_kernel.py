"""Starts the installed Java kernel with jupyter_client and asks it one question; called by ``lab doctor``."""

import sys
import time

from jupyter_client.manager import start_new_kernel

started = time.monotonic()
manager, client = start_new_kernel(kernel_name="java", startup_timeout=60)
try:
    answers = []
    client.execute_interactive(
        'System.out.println("Java " + Runtime.version().feature())',
        timeout=60,
        output_hook=lambda message: answers.append(message["content"].get("text", "")),
    )
    text = "".join(answers).strip()
    if not text.startswith("Java "):
        sys.exit(f"the kernel answered '{text}'")
    print(f"answers after {time.monotonic() - started:.1f} s: {text}")
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
