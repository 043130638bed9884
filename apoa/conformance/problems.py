"""The words of what a conformance run is refused for."""

from apoa.base.problems import ProblemText, register_problems

register_problems(
    {
        "test-key-needed": ProblemText(
            "Uji kesesuaian hanya berjalan dengan kunci uji coba (apoa_test_...).",
            "A conformance run works only with a test key (apoa_test_...).",
        ),
    }
)
