"""The parts of a name are offered, and told from endings where there are any."""

from __future__ import annotations

import pytest

from casetracker.model.names.parts import Parts, parts_of


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("Нұрлан Болатұлы", Parts("Нұрлан", "Болат", patronymic="Болатұлы")),
        ("Нұрлан Болат ұлы", Parts("Нұрлан", "Болат", patronymic="Болат ұлы")),
        ("Ахметов Нұрлан Болатұлы", Parts("Нұрлан", "Болат", surname="Ахметов", patronymic="Болатұлы")),
        ("Серік Айгүл Нұрланқызы", Parts("Айгүл", "Нұрлан", surname="Серік", patronymic="Нұрланқызы")),
        ("Ахметова Айгуль Нурлановна", Parts("Айгуль", surname="Ахметова", patronymic="Нурлановна")),
        ("Aigul Nurlanqyzy", Parts("Aigul", "Nurlan", patronymic="Nurlanqyzy")),
        ("Нұрлан Болат", Parts("Нұрлан", "Болат")),
        ("努尔兰·波拉提", Parts("努尔兰", "波拉提")),
        ("نۇرلان بولات", Parts("نۇرلان", "بولات")),
        ("Нұрлан", Parts("Нұрлан")),
        ("Күнболатұлы", Parts(father="Күнболат", patronymic="Күнболатұлы")),
        ("Күнболатұлы Байболат", Parts("Байболат", "Күнболат", patronymic="Күнболатұлы")),
        ("Шырын Әбдіқызы", Parts("Шырын", "Әбді", patronymic="Әбдіқызы")),
        ("Мадина Серік", Parts("Мадина", "Серік")),
        ("Сейфуллин Сакен", Parts("Сакен", surname="Сейфуллин")),
        ("Нурлан Болатович Ахметов", Parts("Нурлан", surname="Ахметов", patronymic="Болатович")),
        ("Nūrlan Bolatūly", Parts("Nūrlan", "Bolat", patronymic="Bolatūly")),
        ("Rahima Mahmut qizi", Parts("Rahima", "Mahmut", patronymic="Mahmut qizi")),
        ("باقىتجان نۇرلانۇلى", Parts("باقىتجان", "نۇرلان", patronymic="نۇرلانۇلى")),
        ("拜山 吐尔逊", Parts("拜山", "吐尔逊")),
        ("努尔兰•波拉提", Parts("努尔兰", "波拉提")),
        ("努尔兰波拉提", Parts("努尔兰波拉提")),  # where one name ends, nothing tells
        ("Иванов Иван", Parts("Иван", surname="Иванов")),
        ("Memet Hashim Abdulla", Parts("Memet", "Hashim", "Abdulla")),
        ("", Parts()),
    ],
)
def test_vectors(full: str, expected: Parts) -> None:
    assert parts_of(full) == expected


def test_only_what_was_told_is_named() -> None:
    assert parts_of("Нұрлан Болатұлы").named() == {
        "given": "Нұрлан",
        "father": "Болат",
        "patronymic": "Болатұлы",
    }
