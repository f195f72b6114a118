"""Random Rego modules, documents and inputs: types are followed loosely, so that most modules compile."""

import json

KEYS = ["a", "b", "c", "d"]
STRINGS = ["", "a", "b", "abc", "a.b", "B", "x y", "1", "é", "a/b/c", "-2.5"]
NUMBERS = ["0", "1", "2", "3", "-1", "7", "1.5", "-0.5", "10", "1e2", "100000000000000000000", "0.1"]
TYPES = ["number", "string", "boolean", "array", "set", "object"]
# Functions by the type of their result; operands by type.
CALLS = {
    "number": ["count(array)", "count(string)", "count(set)", "count(object)", "sum(numbers)", "product(numbers)",
               "max(numbers)", "min(numbers)", "abs(number)", "round(number)", "ceil(number)", "floor(number)",
               "to_number(string)", "indexof(string, string)", "number + number", "number - number",
               "number * number", "number / number", "number % number", "bits.and(number, number)",
               "strings.count(string, string)"],
    "string": ["upper(string)", "lower(string)", "concat(string, strings)", "replace(string, string, string)",
               "substring(string, number, number)", "trim(string, string)", "trim_prefix(string, string)",
               "trim_space(string)", "sprintf(\"%v-%v\", [any, any])", "format_int(number, 10)", "type_name(any)",
               "json.marshal(any)", "base64.encode(string)", "strings.reverse(string)", "max(strings)",
               "$\"<{any}|{any}>\"", "hex.encode(string)"],
    "boolean": ["startswith(string, string)", "contains(string, string)", "is_number(any)", "is_string(any)",
                "is_array(any)", "is_object(any)", "any == any", "any != any", "number < number", "any >= any",
                "any in array", "any in set", "regex.match(\"^[a-c]+\", string)", "glob.match(\"*.b\", [], string)",
                "object.subset(object, object)", "true", "false", "is_null(any)"],
    "array": ["sort(array)", "sort(set)", "array.concat(array, array)", "array.slice(array, number, number)",
              "array.reverse(array)", "split(string, string)", "numbers.range(small, small)",
              "regex.find_n(\"[a-z]\", string, -1)", "array.flatten(array)", "[x | some x in array; check]",
              "[k | some k, _ in object; check]", "cast(array)"],
    "set": ["set & set", "set | set", "set - set", "object.keys(object)", "{x | some x in array; check}",
            "{x | x := input.list[_]; check}", "union({set, set})", "set()"],
    "object": ["object.union(object, object)", "object.remove(object, keys)", "object.filter(object, keys)",
               "{k: v | some k, v in object; check}", "json.filter(object, [\"a\", \"b/c\"])",
               "json.patch(object, [{\"op\": \"add\", \"path\": \"/z\", \"value\": any}])"],
}


class Grammar:
    """One module with its documents; the same random source gives the same module."""

    def __init__(self, random):
        self.random = random
        self.rules = []  # (name, type) of rules that later ones may use
        self.functions = []
        self.count = 0

    def pick(self, options):
        return self.random.choice(options)

    # Documents

    def document(self, depth=3):
        kind = self.random.randrange(8 if depth else 5)
        if kind == 0:
            return None
        if kind == 1:
            return self.random.random() < 0.5
        if kind in (2, 3):
            return self.pick([0, 1, 2, -1, 1.5, 10, 7])
        if kind == 4:
            return self.pick(STRINGS)
        if kind < 7:
            return {key: self.document(depth - 1) for key in self.random.sample(KEYS, self.random.randrange(4))}
        return [self.document(depth - 1) for _ in range(self.random.randrange(4))]

    def documents(self):
        """Members of known types, so that operands are often of the right kind."""
        return {
            "n": self.pick([0, 1, 2, -3, 2.5]), "s": self.pick(STRINGS), "t": self.random.random() < 0.5,
            "list": [self.document(1) for _ in range(self.random.randrange(5))],
            "nums": [self.pick([1, 2, 3, 0.5, -1]) for _ in range(self.random.randrange(4))],
            "strs": [self.pick(STRINGS) for _ in range(self.random.randrange(4))],
            "o": {key: self.document(2) for key in self.random.sample(KEYS, self.random.randrange(1, 4))},
            "any": self.document(3),
        }

    # Terms

    def constant(self, kind, depth=1):
        if kind == "number":
            return self.pick(NUMBERS)
        if kind == "string":
            return json.dumps(self.pick(STRINGS), ensure_ascii=False)
        if kind == "boolean":
            return self.pick(["true", "false"])
        items = [self.constant(self.pick(TYPES[:3] if depth == 0 else TYPES), 0) for _ in range(self.random.randrange(4))]
        if kind == "array":
            return "[" + ", ".join(items) + "]"
        if kind == "set":
            return "{" + ", ".join(items) + "}" if items else "set()"
        return "{" + ", ".join(f"{json.dumps(key)}: {value}" for key, value in zip(KEYS, items)) + "}"

    def reference(self, kind):
        root = self.pick(["input", "data.base"])
        known = {"number": ["n", "nums[0]", "o.a"], "string": ["s", "strs[0]", "o.b"], "boolean": ["t", "o.c"],
                 "array": ["list", "nums", "any"], "object": ["o", "o.a", "any"]}
        if self.random.random() < 0.2:
            return f"{root}.any.{self.pick(KEYS)}"
        return f"{root}.{self.pick(known.get(kind, ['any', 'list', 'o']))}"

    def term(self, kind, scope, depth):
        if kind == "any":
            kind = self.pick(TYPES)
        special = {"numbers": "nums", "strings": "strs"}.get(kind)
        if special:
            if self.random.random() < 0.5:
                return f"{self.pick(['input', 'data.base'])}.{special}"
            inner = special == "nums" and "number" or "string"
            return "[" + ", ".join(self.term(inner, scope, depth - 1) for _ in range(self.random.randrange(1, 4))) + "]"
        if kind == "small":
            return self.pick(["0", "1", "3", "5", "input.n"])
        if kind == "keys":
            return "{" + ", ".join(json.dumps(key) for key in self.random.sample(KEYS, self.random.randrange(1, 3))) + "}"
        choice = self.random.random()
        matching = [name for name, found in scope if found in (kind, "any")]
        if matching and choice < 0.3:
            return self.pick(matching)
        rules = [name for name, found in self.rules if found in (kind, "any")]
        if rules and choice < 0.45:
            return self.pick(rules)
        if self.functions and choice < 0.5 and depth > 0:
            return f"{self.pick(self.functions)}({self.term('any', scope, depth - 1)})"
        if depth <= 0 or choice < 0.6:
            return self.constant(kind) if self.random.random() < 0.4 or kind == "set" else self.reference(kind)
        return self.call(kind, scope, depth)

    def call(self, kind, scope, depth):
        text = self.pick(CALLS[kind])
        if text.startswith("cast("):
            return f"[{self.term('any', scope, depth - 1)}, {self.term('any', scope, depth - 1)}]"
        out, word = "", ""
        inner = list(scope)
        if " | " in text and ("some" in text or ":=" in text):
            self.count += 1
            number = self.count
            for name in ("x", "k", "v"):
                text = text.replace(f"{name} ", f"{name}{number} ").replace(f"{name},", f"{name}{number},")
                text = text.replace(f"{name}:", f"{name}{number}:")
                inner.append((f"{name}{number}", "any"))
            inner = [entry for entry in inner if entry[0] in text or entry in scope]
        quoted = False
        for character in text + " ":
            if character == '"' and not text.startswith("$"):
                quoted = not quoted
            if character.isalnum() or character in "_.":
                word += character
                continue
            if word in TYPES + ["any", "numbers", "strings", "small", "keys"] and not quoted and character != "(" \
                    and not out.endswith("json."):
                operand = self.term(word, scope, depth - 1)
                # Inside of a template string only what cannot end it.
                if text.startswith("$"):
                    operand = self.pick([name for name, _ in scope] or ["input.n"])
                out += f"({operand})" if any(op in text for op in (" + ", " - ", " * ", " / ", " % ", " & ", " | ", " in ", " == ", " != ", " < ", " >= ")) and " | some" not in text and "; check" not in text else operand
            elif word == "check" and not quoted:
                out += self.condition(inner, depth - 1)
            else:
                out += word
            out += character
            word = ""
        return out[:-1]

    def condition(self, scope, depth):
        kind = self.random.randrange(6)
        if kind == 0:
            return self.term("boolean", scope, depth)
        if kind == 1:
            operator = self.pick(["==", "!=", "<", "<=", ">", ">="])
            return f"{self.term('any', scope, 0)} {operator} {self.reference('any')}"
        if kind == 2:
            return f"{self.term('number', scope, depth)} {self.pick(['<', '>=', '!='])} {self.term('number', scope, 0)}"
        if kind == 3:
            return f"not {self.term('boolean', scope, depth)}"
        if kind == 4:
            return self.reference("any")
        return f"{self.term('string', scope, depth)} != {self.term('string', scope, 0)}"

    # Rules

    def statement(self, scope):
        """One line of a body; what it binds is in scope afterwards."""
        self.count += 1
        name = f"v{self.count}"
        kind = self.random.randrange(10)
        if kind < 3:
            found = self.pick(TYPES)
            text = f"{name} := {self.term(found, scope, 2)}"
            scope.append((name, found))
            return text
        if kind == 3:
            text = f"some {name} in {self.term(self.pick(['array', 'set', 'object']), scope, 1)}"
            scope.append((name, "any"))
            return text
        if kind == 4:
            text = f"some {name}, w{self.count} in {self.term(self.pick(['array', 'object']), scope, 1)}"
            scope += [(name, "any"), (f"w{self.count}", "any")]
            return text
        if kind == 5:
            text = f"every {name} in {self.term('array', scope, 1)} {{ {self.condition(scope + [(name, 'any')], 1)} }}"
            return text
        if kind == 6:
            text = f"[{name}, w{self.count}] = {self.term('array', scope, 1)}"
            scope += [(name, "any"), (f"w{self.count}", "any")]
            return text
        if kind == 7:
            target = self.pick(["input", "input.n", "input.o.a", "data.base.s", "data.base"])
            return f"{self.condition(scope, 1)} with {target} as {self.constant(self.pick(TYPES))}"
        return self.condition(scope, 2)

    def rule(self):
        name = f"r{len(self.rules) + len(self.functions)}"
        scope, lines = [], []
        kind = self.random.randrange(8)
        if kind == 0:
            name = "f" + name
            scope.append(("arg", "any"))
        for _ in range(self.random.randrange(1, 4)):
            lines.append(self.statement(scope))
        found = self.pick(TYPES)
        value = self.term(found, scope, 1)
        head, extra = f"{name} := {value} if", ""
        if kind == 0:
            head = f"{name}(arg) := {value} if"
        elif kind == 1:
            head, found = f"{name} contains {value} if", "set"
        elif kind == 2:
            key = self.term(self.pick(["string", "number"]), scope, 0)
            head, found = f"{name}[{key}] := {value} if", "object"
            if key[0] in "\"-0123456789" or key.startswith(("input", "data")) is False and not any(key == n for n, _ in scope):
                head, found = f"{name} contains {value} if", "set"
        elif kind == 3:
            extra = f"default {name} := {self.constant(found)}\n\n"
        elif kind == 4:
            extra_value = self.constant(found)
            rule = {"head": head, "lines": lines, "tail": f" else := {extra_value}", "extra": "", "name": name}
            self.rules.append((name, "other"))
            return rule
        if kind == 0:
            self.functions.append(name)
        else:
            self.rules.append((name, found))
        return {"head": head, "lines": lines, "tail": "", "extra": extra, "name": name}

    def module(self):
        return [self.rule() for _ in range(self.random.randrange(2, 7))]


def text(package, rules):
    """The module; its result is an object of all rules that have a value."""
    out = f"package {package}\n\n"
    for rule in rules:
        body = "".join(f"\t{line}\n" for line in rule["lines"]) or "\ttrue\n"
        out += f"{rule['extra']}{rule['head']} {{\n{body}}}{rule['tail']}\n\n"
    return out
