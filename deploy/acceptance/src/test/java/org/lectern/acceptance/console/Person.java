package org.lectern.acceptance.console;

/** The people on the sign-in page of the demonstration. */
public enum Person {
    LIN_WEI("Lin Wei", "林薇"),
    ZHAO_MING("Zhao Ming", "赵明"),
    CHEN_JING("Chen Jing", "陈静"),
    WU_HAO("Wu Hao", "吴昊"),
    HE_MEI("He Mei", "何梅");

    private final String choice;
    private final String shown;

    Person(String choice, String shown) {
        this.choice = choice;
        this.shown = shown;
    }

    /** What the sign-in page calls the person. */
    public String choice() {
        return choice;
    }

    /** The name that the console shows. */
    public String shown() {
        return shown;
    }
}
